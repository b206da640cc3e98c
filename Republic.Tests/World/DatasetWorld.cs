using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;

namespace Republic.Tests.World;

/// <summary>A republic with little room for datasets: a megabyte for a file, three for a person.</summary>
public sealed class DatasetWorld(TestDatabases databases) : RunningRepublic(databases)
{
    public const int MaxUpload = 1 << 20;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    protected override IEnumerable<(string Key, string Value)> Settings =>
        [
            ("Datasets:MaxUploadBytes", $"{MaxUpload}"),
            ("Datasets:QuotaBytes", $"{3 * MaxUpload}"),
            ("Datasets:MaxFiles", "5"),
            ("Datasets:MaxJsonBytes", "100000"),
        ];

    public static string PathOf(Inhabitant person, string? more = null) => $"/api/users/{person.Id}/training-datasets{more}";

    /// <summary>Rows that all differ, as a file of pairs.</summary>
    public static byte[] Pairs(int count, string about = "topic", int first = 0) =>
        Encoding.UTF8.GetBytes(
            string.Concat(
                Enumerable
                    .Range(first, count)
                    .Select(i =>
                        $$"""{"prompt": "What is {{about}} {{i}} good for?", "completion": "Number {{i}} of {{about}} helps {{i * 7}} people."}"""
                        + "\n"
                    )
            )
        );

    /// <summary>Folders of datasets that lie on the disk, whoever they belong to.</summary>
    public int FoldersOnDisk => Directory.Exists(Root) ? Directory.GetDirectories(Root).Length : 0;

    private string Root => Path.Combine(DataFolder, "datasets");

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

    /// <summary>What the API says to an upload: the status and the JSON.</summary>
    public static async Task<(HttpStatusCode Status, JsonNode Body)> SendAsync(Inhabitant person, HttpContent form)
    {
        using var response = await person.Api.Http.PostAsync(PathOf(person), form, Ct);
        return (response.StatusCode, JsonNode.Parse(await response.Content.ReadAsStringAsync(Ct))!);
    }

    /// <summary>A dataset of one file, as it is once nothing works on it any more.</summary>
    public static async Task<JsonNode> MakeAsync(Inhabitant person, byte[] content, string name = "rows.jsonl")
    {
        using var form = Form((name, content));
        var (status, body) = await SendAsync(person, form);
        Assert.True(status == HttpStatusCode.Created, body.ToJsonString());
        return await EndOfAsync(person, body["dataset"]!["id"]!.GetValue<string>());
    }

    public static async Task<JsonNode> EndOfAsync(Inhabitant person, string dataset)
    {
        await Until.TrueAsync(async () => (await ReadAsync(person, dataset))["status"]!.GetValue<string>() != "processing");
        return await ReadAsync(person, dataset);
    }

    public static async Task<JsonNode> ReadAsync(Inhabitant person, string dataset) =>
        (await person.Api.GetAsync(PathOf(person, $"/{dataset}")))["dataset"]!;
}
