namespace Republic.Web.Api.Datasets;

/// <summary>How the API's description shows the form; it is read part by part, never bound.</summary>
/// <param name="File">One or more; several become a dataset each.</param>
/// <param name="Mapping">JSON: which columns of a CSV are prompt, answer, system and input.</param>
/// <param name="Settings">JSON: thresholds.</param>
internal sealed record DatasetUploadBody(
    IFormFile? File,
    string? Name,
    string? DatasetType,
    string? Description,
    string? Mapping,
    string? Settings
);
