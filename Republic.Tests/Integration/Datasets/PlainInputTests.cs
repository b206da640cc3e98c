using System.Net;
using System.Text.Json.Nodes;
using Republic.Tests.World;

namespace Republic.Tests.Integration.Datasets;

/// <summary>Input that is wrong in a plain way is told so, and is no fault of the server's.</summary>
public sealed class PlainInputTests(SharedRepublic world) : IClassFixture<SharedRepublic>
{
    private const string Mapping = """{"prompt": "a\u0000b", "answer": "c"}""";

    [Fact]
    public async Task A_long_file_name_is_not_cut_through_a_character()
    {
        using var form = DatasetWorld.Form(("placeholder", DatasetWorld.Pairs(1, "names")));
        form.First().Headers.ContentDisposition!.FileName = null;
        form.First().Headers.ContentDisposition!.FileNameStar = new string('n', 199) + "\U0001F600.jsonl";

        var (status, body) = await DatasetWorld.SendAsync(world.Jonas, form);

        Assert.Equal(HttpStatusCode.Created, status);
        Assert.Equal(new string('n', 199), body["dataset"]!["file_name"]!.GetValue<string>());
    }

    [Fact]
    public async Task A_mapping_that_cannot_be_kept_is_named()
    {
        var path = DatasetWorld.PathOf(world.Jonas);
        var made = (await DatasetWorld.MakeAsync(world.Jonas, DatasetWorld.Pairs(2, "mapping")))["id"]!.GetValue<string>();
        using var form = DatasetWorld.Form(("x.csv", "a,c\nq,r\n"u8.ToArray()));
        form.Add(new StringContent(Mapping), "mapping");
        var mapping = JsonNode.Parse(Mapping)!;
        var data = new[] { new { prompt = "What is it?", completion = "It is this and that." } };

        var (status, body) = await DatasetWorld.SendAsync(world.Jonas, form);
        var asJson = await world.Jonas.Api.ProblemAsync(400, HttpMethod.Post, path, new { mapping, data });
        var asVersion = await world.Jonas.Api.ProblemAsync(400, HttpMethod.Post, $"{path}/{made}/versions", new { mapping });

        Assert.Equal(HttpStatusCode.BadRequest, status);
        Assert.All([body, asJson, asVersion], problem => Assert.NotNull(problem["errors"]!["mapping"]));
    }

    [Theory]
    [InlineData("""{"messages": [{"role": "user", "content": null}]}""")]
    [InlineData("""{"messages": [null]}""")]
    [InlineData("""{"messages": [{"role": "user"}]}""")]
    public async Task A_message_without_a_text_is_named(string change)
    {
        var (path, hash) = await RowAsync(world.Jonas, "messages");

        var problem = await world.Jonas.Api.ProblemAsync(400, HttpMethod.Put, $"{path}/changes/{hash}", JsonNode.Parse(change));

        Assert.NotNull(problem["errors"]!["messages"]);
    }

    [Fact]
    public async Task A_row_is_one_row_however_its_hash_is_written()
    {
        var (path, hash) = await RowAsync(world.Jonas, "letters");

        await world.Jonas.Api.PutAsync($"{path}/changes/{hash.ToUpperInvariant()}", new { messages = (object?)null });
        await world.Jonas.Api.PutAsync($"{path}/changes/{hash}", new { messages = (object?)null });

        var change = Assert.Single((await world.Jonas.Api.GetAsync($"{path}/changes"))["changes"]!.AsArray());
        Assert.Equal(hash, change!["hash"]!.GetValue<string>());
        await world.Jonas.Api.DeleteAsync($"{path}/changes/{hash.ToUpperInvariant()}");
        Assert.Empty((await world.Jonas.Api.GetAsync($"{path}/changes"))["changes"]!.AsArray());
    }

    [Fact]
    public async Task Broken_characters_in_rows_as_json_spoil_their_row_alone()
    {
        byte[] rows =
        [
            .. "{\"data\": [{\"prompt\": \"what is \\ud800 good for?\", \"completion\": \"Nothing at all, it is half.\"},\n"u8,
            .. "{\"prompt\": \"what is caf"u8,
            0xE9,
            .. " good for?\", \"completion\": \"For sitting and talking.\"},\n"u8,
            .. "{\"prompt\": \"what is bread\",\r\n \"completion\": \"It is baked of flour.\"}]}"u8,
        ];
        using var content = new ByteArrayContent(rows);
        content.Headers.TryAddWithoutValidation("Content-Type", "application/json");

        var (status, body) = await DatasetWorld.SendAsync(world.Jonas, content);

        Assert.Equal(HttpStatusCode.Created, status);
        var dataset = await DatasetWorld.EndOfAsync(world.Jonas, body["dataset"]!["id"]!.GetValue<string>());
        Assert.Equal(1, dataset["sample_count"]!.GetValue<int>());
        Assert.Equal([1, 2], dataset["errors"]!.AsArray().Select(error => error!["line"]!.GetValue<int>()));
    }

    private static async Task<(string Path, string Hash)> RowAsync(Inhabitant person, string about)
    {
        var dataset = await DatasetWorld.MakeAsync(person, DatasetWorld.Pairs(2, about));
        var path = DatasetWorld.PathOf(person, $"/{dataset["id"]!.GetValue<string>()}");
        var row = (await person.Api.GetAsync($"{path}/preview"))["rows"]![0]!;
        return (path, row["hash"]!.GetValue<string>());
    }
}
