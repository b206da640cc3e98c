using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using Republic.Tests.World;

namespace Republic.Tests.Integration.Http;

/// <summary>Files with hostile names, at both doors that take files: each is stored under an id, and its name is only ever shown.</summary>
public sealed class HostileNameTests(RunningRepublic republic) : IClassFixture<RunningRepublic>
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Documents_lie_under_their_ids()
    {
        var person = republic.Jonas;
        var id = (await KnowledgeWorld.CollectionAsync(person, "Names"))["id"]!.GetValue<string>();
        var before = Outside("documents");

        var made = await SendAsync(
            person,
            KnowledgeWorld.PathOf(person, $"/{id}/documents"),
            number => $"These are the words of file {number}."
        );

        var documents = made["documents"]!.AsArray();
        Assert.True(documents.Count == HostileNames.All.Count, made["refused"]!.ToJsonString());
        foreach (var document in documents)
        {
            AssertShown(document!["name"]!.GetValue<string>());
            var end = await KnowledgeWorld.EndOfAsync(person, id, document["id"]!.GetValue<string>());
            Assert.True(end["status"]!.GetValue<string>() == "ready", end.ToJsonString());
        }

        AssertStored("documents", documents, before);
    }

    [Fact]
    public async Task Datasets_lie_under_their_ids()
    {
        var person = republic.Ada;
        var before = Outside("datasets");

        var made = await SendAsync(person, DatasetWorld.PathOf(person), _ => """{"prompt": "Good morning", "completion": "And to you"}""");

        var datasets = made["datasets"]!.AsArray();
        Assert.True(datasets.Count == HostileNames.All.Count, made["refused"]!.ToJsonString());
        foreach (var dataset in datasets)
        {
            AssertShown(dataset!["name"]!.GetValue<string>());
            AssertShown(dataset["file_name"]?.GetValue<string>() ?? "none is left of it");
            await DatasetWorld.EndOfAsync(person, dataset["id"]!.GetValue<string>());
        }

        AssertStored("datasets", datasets, before);
    }

    private static async Task<JsonNode> SendAsync(Inhabitant person, string path, Func<int, string> content)
    {
        using var form = new MultipartFormDataContent();
        foreach (var (number, name) in HostileNames.All.Index())
        {
            var part = new ByteArrayContent(Encoding.UTF8.GetBytes(content(number)));
            // As RFC 8187 spells names, so that every sign arrives.
            part.Headers.ContentDisposition = new ContentDispositionHeaderValue("form-data") { Name = "file", FileNameStar = name };
            form.Add(part);
        }

        using var response = await person.Api.Http.PostAsync(path, form, Ct);
        var body = await response.Content.ReadAsStringAsync(Ct);
        Assert.True(response.StatusCode == HttpStatusCode.Created, body);
        return JsonNode.Parse(body)!;
    }

    private static void AssertShown(string name)
    {
        Assert.InRange(name.Length, 1, 255);
        Assert.DoesNotContain(
            name,
            letter => letter is '/' or '\\' or '\u202E' or '\u2066' or '\u2028' or '\uFEFF' || char.IsControl(letter)
        );
    }

    private void AssertStored(string folder, JsonArray made, string[] before)
    {
        var entries = Directory
            .EnumerateFileSystemEntries(Path.Combine(republic.DataFolder, folder))
            .Select(entry => Path.GetFileName(entry)!);
        Assert.Equal(
            made.Select(file => file!["id"]!.GetValue<string>()).Order(StringComparer.Ordinal),
            entries.Order(StringComparer.Ordinal)
        );
        Assert.Equal(before, Outside(folder));
    }

    /// <summary>What lies in the data folder beside the one for these files, and beside the data folder with a name of theirs.</summary>
    /// <remarks>Folders with nothing in them are the app's, whose services make theirs while they start.</remarks>
    private string[] Outside(string folder) =>
        [
            .. Directory
                .EnumerateFileSystemEntries(republic.DataFolder)
                .Where(entry => !Directory.Exists(entry) || Directory.EnumerateFileSystemEntries(entry).Any())
                .Concat(Directory.EnumerateFileSystemEntries(Path.GetDirectoryName(republic.DataFolder)!, "*up*.txt*"))
                .Where(entry => Path.GetFileName(entry) != folder)
                .Order(StringComparer.Ordinal),
        ];
}
