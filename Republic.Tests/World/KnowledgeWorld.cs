using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;

namespace Republic.Tests.World;

/// <summary>A republic with little room for documents: a megabyte for a file, three for a person.</summary>
public sealed class KnowledgeWorld(TestDatabases databases) : RunningRepublic(databases)
{
    public const int MaxFile = 1 << 20;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    protected override IEnumerable<(string Key, string Value)> Settings =>
        [("Knowledge:MaxFileBytes", $"{MaxFile}"), ("Knowledge:QuotaBytes", $"{3 * MaxFile}"), ("Knowledge:MaxFiles", "5")];

    /// <summary>Documents that lie on the disk, whoever they belong to.</summary>
    public int FilesOnDisk
    {
        get
        {
            var folder = Path.Combine(DataFolder, "documents");
            return Directory.Exists(folder) ? Directory.GetFiles(folder).Length : 0;
        }
    }

    public static string PathOf(Inhabitant person, string? more = null) => $"/api/users/{person.Id}/collections{more}";

    public static MultipartFormDataContent Form(params (string Name, byte[] Content)[] files)
    {
        var form = new MultipartFormDataContent();
        foreach (var (name, content) in files)
        {
            var part = new ByteArrayContent(content);
            part.Headers.ContentDisposition = new ContentDispositionHeaderValue("form-data") { Name = "file", FileName = name };
            form.Add(part);
        }

        return form;
    }

    /// <summary>A collection of these documents, as it is once all of them are indexed.</summary>
    public static async Task<JsonNode> CollectionAsync(Inhabitant person, string name, params (string Name, string Content)[] files)
    {
        var made = await person.Api.PostAsync(PathOf(person), new { name });
        var id = made["collection"]!["id"]!.GetValue<string>();
        foreach (var (file, content) in files)
        {
            var document = await AddAsync(person, id, file, Encoding.UTF8.GetBytes(content));
            Assert.True(document["status"]!.GetValue<string>() == "ready", document.ToJsonString());
        }

        return (await person.Api.GetAsync(PathOf(person, $"/{id}")))["collection"]!;
    }

    /// <summary>What the API says to an upload: the status and the JSON.</summary>
    public static async Task<(HttpStatusCode Status, JsonNode Body)> SendAsync(
        Inhabitant person,
        string collection,
        params (string Name, byte[] Content)[] files
    )
    {
        using var form = Form(files);
        using var response = await person.Api.Http.PostAsync(PathOf(person, $"/{collection}/documents"), form, Ct);
        return (response.StatusCode, JsonNode.Parse(await response.Content.ReadAsStringAsync(Ct))!);
    }

    /// <summary>A document, as it is once nothing works on it any more.</summary>
    public static async Task<JsonNode> AddAsync(Inhabitant person, string collection, string name, byte[] content)
    {
        var (status, body) = await SendAsync(person, collection, (name, content));
        Assert.True(status == HttpStatusCode.Created, body.ToJsonString());
        return await EndOfAsync(person, collection, body["documents"]![0]!["id"]!.GetValue<string>());
    }

    public static async Task<JsonNode> EndOfAsync(Inhabitant person, string collection, string document)
    {
        JsonNode found = null!;
        await Until.TrueAsync(async () =>
        {
            found = (await person.Api.GetAsync(PathOf(person, $"/{collection}/documents/{document}")))["document"]!;
            return found["status"]!.GetValue<string>() != "processing";
        });
        return found;
    }

    public static async Task<IReadOnlyList<JsonNode>> PassagesAsync(Inhabitant person, string collection, string document) =>
        [
            .. (await person.Api.GetAsync(PathOf(person, $"/{collection}/documents/{document}/passages?limit=200")))["passages"]!
                .AsArray()
                .Select(passage => passage!),
        ];
}
