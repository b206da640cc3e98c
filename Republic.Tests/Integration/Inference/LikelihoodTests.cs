using System.Net.Http.Json;
using System.Text;
using System.Text.Json.Nodes;
using Republic.Tests.World;

namespace Republic.Tests.Integration.Inference;

/// <summary>How likely a model is to answer with what it is given.</summary>
public sealed class LikelihoodTests(SharedLocalModels shared) : IClassFixture<SharedLocalModels>
{
    private const string Path = "/v1/likelihoods";
    private readonly LocalModels models = shared.Models;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_answer_that_it_gives_is_likelier_than_others_by_just_the_sum_of_its_tokens()
    {
        var answer = await AskAsync("/v1/chat/completions", """{"temperature":0,"logprobs":true,"max_tokens":12}""");
        var choice = answer["choices"]![0]!;
        var own = (string)choice["message"]!["content"]!;
        var sum = choice["logprobs"]!["content"]!.AsArray().Sum(token => (double)token!["logprob"]!);

        var found = await AskAsync(
            Path,
            new JsonObject { ["continuations"] = new JsonArray("Purple elephants.", own, "No.", own) }.ToJsonString()
        );
        var data = found["data"]!.AsArray();
        var likelihoods = data.Select(one => (double)one!["logprob"]!).ToList();

        Assert.Equal([0, 1, 2, 3], data.Select(one => (int)one!["index"]!));
        Assert.Equal(own, (string?)data[1]!["text"]);
        Assert.Equal(sum, likelihoods[1], 0.05);
        Assert.Equal(likelihoods[1], likelihoods[3], 0.01);
        Assert.Equal(likelihoods.Max(), likelihoods[1], 0.02);
        Assert.True(likelihoods[0] < likelihoods[1] - 5 && likelihoods[2] < likelihoods[1]);
        Assert.Equal((int)answer["usage"]!["completion_tokens"]!, (int)data[1]!["tokens"]!);
        Assert.Equal((int)answer["usage"]!["prompt_tokens"]!, (int)found["usage"]!["prompt_tokens"]!);
    }

    [Fact]
    public async Task A_hundred_are_told_and_no_more()
    {
        var texts = Enumerable.Range(0, 100).Select(number => (JsonNode)$"Answer {number}.").ToArray();
        var found = await AskAsync(Path, new JsonObject { ["continuations"] = new JsonArray(texts) }.ToJsonString());

        Assert.Equal(
            100,
            found["data"]!.AsArray().Select(one => (double)one!["logprob"]!).Count(likelihood => likelihood is < 0 and > -1000)
        );
    }

    [Theory]
    [InlineData("""{"continuations":[]}""")]
    [InlineData("""{"continuations":["a",""]}""")]
    [InlineData("""{"continuations":[null]}""")]
    [InlineData("{}")]
    public async Task Without_texts_there_is_nothing_to_say(string more)
    {
        using var content = new StringContent(Question(more).ToJsonString(), Encoding.UTF8, "application/json");
        using var response = await models.Http.PostAsync(Path, content, Ct);
        var error = (await response.Content.ReadFromJsonAsync<JsonNode>(Ct))!["error"]!;

        Assert.Equal((400, "continuations"), ((int)response.StatusCode, (string?)error["param"]));
    }

    private async Task<JsonNode> AskAsync(string path, string more) =>
        JsonNode.Parse((await models.AskAsync(Question(more), path)).GetRawText())!;

    private static JsonObject Question(string more) =>
        LocalModels.With(
            (JsonObject)JsonNode.Parse("""{"model":"sprout","messages":[{"role":"user","content":"How are you today?"}]}""")!,
            JsonNode.Parse(more)!
        );
}
