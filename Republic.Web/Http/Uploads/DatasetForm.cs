using System.Text.Json;
using Microsoft.Extensions.Options;
using Republic.Core;
using Republic.Core.Datasets;
using Republic.Core.Datasets.Reading.Tables;
using Republic.Core.Datasets.Uploads;
using JsonOptions = Microsoft.AspNetCore.Http.Json.JsonOptions;

namespace Republic.Web.Http.Uploads;

/// <summary>The form that datasets are uploaded with, from a page or a client. Dispose of it when the datasets are made.</summary>
public sealed record DatasetForm(DatasetInput Input, IReadOnlyList<UploadedFile> Files, UploadForm Form) : IDisposable
{
    public static async Task<Outcome<DatasetForm>> ReadAsync(HttpContext context, Guid owner, CancellationToken ct)
    {
        var read = await UploadForm.ReadAsync(context, owner, context.RequestServices.GetRequiredService<DatasetUpload>(), ct);
        if (!read.Ok)
        {
            return read.Failure;
        }

        var form = read.Value;
        var json = context.RequestServices.GetRequiredService<IOptions<JsonOptions>>().Value.SerializerOptions;
        var mapping = Parse<RowMapping>(form["mapping"], json);
        var settings = Parse<SettingsInput>(form["settings"], json);
        if (!mapping.Ok || !settings.Ok)
        {
            form.Dispose();
            return mapping.Ok
                ? Failure.Invalid("settings", "The settings are not JSON like {\"min_text_length\": 10}.")
                : Failure.Invalid("mapping", "The mapping is not JSON like {\"prompt\": \"question\", \"answer\": \"reply\"}.");
        }

        var input = new DatasetInput
        {
            Name = form["name"],
            DatasetType = form["dataset_type"],
            Description = form["description"],
            Mapping = mapping.Value.Value,
            Settings = settings.Value.Value,
        };
        return new DatasetForm(input, form.Files, form);
    }

    public void Dispose() => Form.Dispose();

    private static Outcome<Parsed<T>> Parse<T>(string? text, JsonSerializerOptions options)
        where T : class
    {
        try
        {
            return new Parsed<T>(string.IsNullOrWhiteSpace(text) ? null : JsonSerializer.Deserialize<T>(text, options));
        }
        catch (JsonException error)
        {
            return Failure.Invalid("", error.Message);
        }
    }

    private sealed record Parsed<T>(T? Value);
}
