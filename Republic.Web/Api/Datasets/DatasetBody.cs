using System.Text.Json;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Options;
using Republic.Core;
using Republic.Core.Datasets;
using Republic.Core.Datasets.Reading.Tables;
using Republic.Core.Datasets.Uploads;
using JsonOptions = Microsoft.AspNetCore.Http.Json.JsonOptions;

namespace Republic.Web.Api.Datasets;

/// <summary>A dataset as JSON, its rows in any of the shapes that a file's lines may have.</summary>
internal sealed record DatasetBody(
    string? Name,
    string? DatasetType,
    string? Description,
    RowMapping? Mapping,
    SettingsInput? Settings,
    JsonElement Data
)
{
    private const long Patience = 16 << 20;

    public static async Task<Outcome<DatasetBody>> ReadAsync(HttpContext context, CancellationToken ct)
    {
        var limit = context.RequestServices.GetRequiredService<DatasetQuota>().MaxJson;
        if (context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } size)
        {
            // Kestrel closes on who sends more than it allows, in the middle of what they write: some more is read, and then they are answered.
            size.MaxRequestBodySize = limit + Patience;
        }

        try
        {
            var json = context.RequestServices.GetRequiredService<IOptions<JsonOptions>>().Value.SerializerOptions;
            using var whole = new MemoryStream();
            await context.Request.Body.CopyToAsync(whole, ct);
            if (whole.Length > limit)
            {
                return TooMuch(limit);
            }

            whole.Position = 0;
            var body = await JsonSerializer.DeserializeAsync<DatasetBody>(whole, json, ct);
            return body?.Data is { ValueKind: JsonValueKind.Array } rows && rows.GetArrayLength() > 0
                ? body
                : Failure.Invalid("data", "Give the rows as a list, or send a file as a form's part called file.");
        }
        catch (JsonException error)
        {
            var field = error.Path?.TrimStart('$', '.') ?? "";
            var place = field.Length > 0 ? $" at {field}" : "";
            return Failure.Invalid(field, $"The JSON could not be read{place}. Check its syntax and the type of the value.");
        }
        catch (BadHttpRequestException error) when (error.StatusCode == StatusCodes.Status413PayloadTooLarge)
        {
            return TooMuch(limit);
        }
    }

    private static Failure TooMuch(long limit) =>
        Failure.Invalid("data", $"Rows as JSON have at most {ByteSize.Of(limit)} together. Send more as a file.");

    public DatasetInput ToInput() =>
        new()
        {
            Name = Name,
            DatasetType = DatasetType,
            Description = Description,
            Mapping = Mapping,
            Settings = Settings,
        };
}
