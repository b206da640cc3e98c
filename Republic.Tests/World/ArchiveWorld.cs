using System.IO.Compression;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;

namespace Republic.Tests.World;

/// <summary>Exports and imports by the API, to their end.</summary>
internal static class ArchiveWorld
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    /// <summary>The id of an export that is done.</summary>
    public static async Task<string> ExportAsync(Inhabitant person)
    {
        var id = (await person.Api.PostAsync("/api/account/export"))["export"]!["id"]!.GetValue<string>();
        JsonNode export = null!;
        await Until.TrueAsync(async () =>
        {
            export = (await person.Api.GetAsync($"/api/account/exports/{id}"))["export"]!;
            return (string?)export["status"] is "completed" or "failed";
        });
        Assert.True((string?)export["status"] == "completed", export.ToJsonString());
        return id;
    }

    public static Task<byte[]> DownloadAsync(Inhabitant person, string export) =>
        person.Api.Http.GetByteArrayAsync($"/api/account/exports/{export}/download", Ct);

    /// <summary>The import as it ends.</summary>
    public static async Task<JsonNode> ImportAsync(Inhabitant person, byte[] archive, string? only = null)
    {
        using var response = await SendAsync(person, archive, only);
        var text = await response.Content.ReadAsStringAsync(Ct);
        Assert.True((int)response.StatusCode == 202, text);
        return await EndAsync(person, JsonNode.Parse(text)!["import"]!["id"]!.GetValue<string>());
    }

    public static async Task<JsonNode> EndAsync(Inhabitant person, string id)
    {
        JsonNode import = null!;
        await Until.TrueAsync(async () =>
        {
            import = (await person.Api.GetAsync($"/api/account/imports/{id}"))["import"]!;
            return (string?)import["status"] is "completed" or "failed";
        });
        return import;
    }

    public static async Task<HttpResponseMessage> SendAsync(Inhabitant person, byte[] archive, string? only = null)
    {
        using var file = new ByteArrayContent(archive);
        file.Headers.ContentType = new MediaTypeHeaderValue("application/zip");
        using var form = new MultipartFormDataContent { { file, "file", "archive.zip" } };
        if (only is not null)
        {
            form.Add(new StringContent(only), "only");
        }

        return await person.Api.Http.PostAsync("/api/account/import", form, Ct);
    }

    /// <summary>All entries as texts, by their names.</summary>
    public static Dictionary<string, string> Texts(byte[] archive)
    {
        using var zip = new ZipArchive(new MemoryStream(archive), ZipArchiveMode.Read);
        return zip.Entries.ToDictionary(
            entry => entry.FullName,
            entry =>
            {
                using var reader = new StreamReader(entry.Open(), Encoding.Latin1);
                return reader.ReadToEnd();
            }
        );
    }

    public static int Imported(JsonNode import, string kind) => (int?)import["imported"]![kind] ?? 0;

    public static int Skipped(JsonNode import, string kind, string reason) => (int?)import["skipped"]![kind]?[reason] ?? 0;

    /// <summary>What was not added, or not as it was, for this reason.</summary>
    public static List<JsonNode> Notes(JsonNode import, string reason) =>
        [.. import["notes"]!.AsArray().Where(note => (string?)note!["reason"] == reason).Select(note => note!)];
}
