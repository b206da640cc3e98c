namespace Republic.Web.Pages.Datasets;

/// <param name="Follows">Whether the browser goes on to the dataset once all files are up.</param>
public sealed record DropZone(Guid Person, bool Follows, bool IsSmall);
