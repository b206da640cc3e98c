using System.Text.Json.Nodes;
using Republic.Tests.Unit.Llama.Grammars;
using Republic.Tests.World;

namespace Republic.Tests.Integration.Inference;

/// <summary>Answers of the built-in model in the shape that was asked for, by whatever way it was asked.</summary>
public sealed class FormatTests(SharedLocalModels shared) : IClassFixture<SharedLocalModels>
{
    private static readonly JsonObject Reply = (JsonObject)
        JsonNode.Parse(
            """
            {"type":"object","properties":{"mood":{"enum":["happy","sad"]},"score":{"type":"integer","minimum":3,"maximum":9},
            "words":{"type":"array","items":{"type":"string","maxLength":12},"minItems":1,"maxItems":3}},"required":["mood","score","words"]}
            """
        )!;

    private readonly LocalModels models = shared.Models;

    [Fact]
    public async Task An_answer_under_a_schema_satisfies_it()
    {
        var answer = await AskAsync(new { response_format = Format(Reply) });
        var choice = answer["choices"]![0]!;
        var said = JsonNode.Parse((string)choice["message"]!["content"]!)!;

        Assert.Equal("stop", (string?)choice["finish_reason"]);
        Assert.Contains((string?)said["mood"], (string[])["happy", "sad"]);
        Assert.InRange((int)said["score"]!, 3, 9);
        Assert.InRange(said["words"]!.AsArray().Count, 1, 3);
        Assert.True(choice["message"]!.AsObject().ContainsKey("refusal"));
        Assert.True(choice.AsObject().ContainsKey("logprobs"));
    }

    [Theory]
    [InlineData(0.0)]
    [InlineData(1.5)]
    public async Task Answers_under_schemas_made_at_random_are_whole_json(double temperature)
    {
        var schemas = new SeededSchemas(7);
        for (var i = 0; i < 15; i++)
        {
            var schema = schemas.Next(depth: 2);
            var answer = await AskAsync(
                new
                {
                    response_format = Format(schema),
                    max_tokens = 150,
                    temperature,
                    seed = i,
                }
            );
            var text = (string)answer["choices"]![0]!["message"]!["content"]!;

            Assert.True(
                FollowedGrammar.Accepts(new(Core.Llama.Grammars.Json.SchemaGrammar.Of(schema)), text),
                $"{text}\n{schema.ToJsonString()}"
            );
        }
    }

    [Fact]
    public async Task An_answer_that_is_cut_short_says_so_and_is_whole_json_all_the_same()
    {
        var schema = (JsonObject)
            JsonNode.Parse("""{"type":"object","properties":{"a":{"type":"string","minLength":40}},"required":["a"]}""")!;
        var answer = await AskAsync(new { response_format = Format(schema), max_tokens = 60 });
        var choice = answer["choices"]![0]!;

        Assert.Equal("length", (string?)choice["finish_reason"]);
        Assert.True(((string?)JsonNode.Parse((string)choice["message"]!["content"]!)!["a"])!.Length >= 40);
        Assert.True((int)answer["usage"]!["completion_tokens"]! <= 60);
    }

    [Fact]
    public async Task A_length_without_space_for_the_shape_cuts_the_answer_off()
    {
        var choice = (await AskAsync(new { response_format = Format(Reply), max_tokens = 4 }))["choices"]![0]!;

        Assert.Equal("length", (string?)choice["finish_reason"]);
        Assert.StartsWith("{", (string?)choice["message"]!["content"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Json_of_any_shape_can_be_asked_for_in_a_stream()
    {
        var text = string.Concat(
            (await StreamAsync(new { response_format = new { type = "json_object" }, max_tokens = 80 })).Select(chunk =>
                (string?)chunk["choices"]![0]!["delta"]!["content"]
            )
        );

        Assert.IsType<JsonObject>(JsonNode.Parse(text));
    }

    [Fact]
    public async Task A_schema_may_stand_beside_json_object_as_llama_server_has_it()
    {
        var answer = await AskAsync(new { response_format = new { type = "json_object", schema = new { @const = "42" } } });

        Assert.Equal("\"42\"", (string?)answer["choices"]![0]!["message"]!["content"]);
    }

    [Fact]
    public async Task Several_answers_come_beside_each_other_and_their_prompt_counts_once()
    {
        var one = await AskAsync(
            new
            {
                temperature = 4,
                seed = 4,
                max_tokens = 20,
            }
        );
        var answer = await AskAsync(
            new
            {
                n = 8,
                temperature = 4,
                seed = 4,
                max_tokens = 20,
            }
        );
        var texts = answer["choices"]!.AsArray().Select(choice => (string)choice!["message"]!["content"]!).ToList();

        Assert.Equal(Enumerable.Range(0, 8), answer["choices"]!.AsArray().Select(choice => (int)choice!["index"]!));
        Assert.Equal((string)one["choices"]![0]!["message"]!["content"]!, texts[0]);
        Assert.True(texts.Distinct(StringComparer.Ordinal).Count() > 1);
        Assert.Equal((int)one["usage"]!["prompt_tokens"]!, (int)answer["usage"]!["prompt_tokens"]!);
        Assert.True((int)answer["usage"]!["completion_tokens"]! > 3 * (int)one["usage"]!["completion_tokens"]!);
    }

    [Fact]
    public async Task Several_streamed_answers_each_say_who_speaks_and_why_they_end()
    {
        var chunks = await StreamAsync(
            new
            {
                n = 3,
                temperature = 1,
                max_tokens = 12,
            }
        );

        Assert.Equal([0, 1, 2], chunks.Where(chunk => Delta(chunk).ContainsKey("role")).Select(Index));
        Assert.Equal([0, 1, 2], chunks.Where(chunk => chunk["choices"]![0]!["finish_reason"] is not null).Select(Index).Order());
        Assert.Single(chunks, chunk => chunk["usage"] is not null);

        static int Index(JsonNode chunk) => (int)chunk["choices"]![0]!["index"]!;
    }

    [Fact]
    public async Task The_likelihood_of_each_token_is_told_with_those_that_were_likelier()
    {
        var answer = await AskAsync(
            new
            {
                logprobs = true,
                top_logprobs = 5,
                temperature = 0,
                max_tokens = 8,
            }
        );
        var tokens = answer["choices"]![0]!["logprobs"]!["content"]!.AsArray();

        Assert.Equal((int)answer["usage"]!["completion_tokens"]!, tokens.Count);
        Assert.Equal(
            (string?)answer["choices"]![0]!["message"]!["content"],
            string.Concat(tokens.Select(token => (string?)token!["token"]))
        );
        Assert.All(
            tokens,
            token =>
            {
                var likeliest = token!["top_logprobs"]!.AsArray().Select(other => (double)other!["logprob"]!).ToList();
                Assert.Equal(5, likeliest.Count);
                Assert.Equal(likeliest.OrderDescending(), likeliest);
                Assert.Equal(likeliest[0], (double)token["logprob"]!);
                Assert.InRange(likeliest.Sum(Math.Exp), 0.2, 1.0001);
            }
        );
        var streamed = await StreamAsync(
            new
            {
                logprobs = true,
                temperature = 0,
                max_tokens = 8,
            }
        );
        var again = streamed.SelectMany(chunk => chunk["choices"]![0]!["logprobs"]?["content"]!.AsArray() ?? []).ToList();

        Assert.Equal(tokens.Select(token => (string?)token!["token"]), again.Select(token => (string?)token!["token"]));
        // What was read before is not read again, and in batches of another size floats add up otherwise.
        Assert.All(tokens.Zip(again), pair => Assert.Equal((double)pair.First!["logprob"]!, (double)pair.Second!["logprob"]!, 0.01));
    }

    [Fact]
    public async Task A_token_can_be_forbidden_and_another_one_forced()
    {
        var usual = await AskAsync(
            new
            {
                temperature = 0,
                logprobs = true,
                max_tokens = 1,
            }
        );
        var free = (string)usual["choices"]![0]!["message"]!["content"]!;
        var biases = Enumerable.Range(0, 600).ToDictionary(token => $"{token}", token => token == 301 ? 100f : -100f);
        var forced = await AskAsync(
            new
            {
                temperature = 0,
                logit_bias = biases,
                max_tokens = 3,
            }
        );
        var text = (string)forced["choices"]![0]!["message"]!["content"]!;

        Assert.NotEqual(free, text);
        Assert.Equal(text, string.Concat(Enumerable.Repeat(text[..(text.Length / 3)], 3)));
    }

    private static object Format(JsonObject schema) =>
        new { type = "json_schema", json_schema = new { name = "answer", schema = schema.DeepClone() } };

    private static JsonObject Delta(JsonNode chunk) => chunk["choices"]![0]!["delta"]!.AsObject();

    private async Task<JsonNode> AskAsync(object more) => JsonNode.Parse((await models.AskAsync(Question(more))).GetRawText())!;

    private Task<List<JsonNode>> StreamAsync(object more) => models.ChunksAsync(Question(more));

    private static JsonObject Question(object more) =>
        LocalModels.With(
            new JsonObject
            {
                ["model"] = "sprout",
                ["messages"] = new JsonArray(new JsonObject { ["role"] = "user", ["content"] = "How are you today?" }),
            },
            more
        );
}
