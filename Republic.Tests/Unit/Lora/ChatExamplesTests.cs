using System.Text;
using Republic.Core.Llama.Native;
using Republic.Core.Lora.Rows;
using Republic.Tests.World;

namespace Republic.Tests.Unit.Lora;

/// <summary>What is learned must be what the model will be asked, token for token.</summary>
public sealed class ChatExamplesTests : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("republic-test-");

    private static readonly ChatLine[] TwoTurns =
    [
        new("system", "You are Grafana."),
        new("user", "Hello"),
        new("assistant", "Hi, I am Grafana."),
        new("user", "What is LoRA?"),
        new("assistant", "A small change."),
    ];

    public void Dispose() => folder.Delete(recursive: true);

    [Fact]
    public void Every_answer_and_the_token_that_ends_it_are_learned_and_nothing_else()
    {
        using var model = LlamaModel.Load(GgufMutations.SproutPath);

        var example = Assert.Single(new ChatExamples(model).Of(TwoTurns));

        Assert.Equal("Hi, I am Grafana.|A small change.|", Learned(model, example));
        Assert.Equal(2, example.Tokens.Where((token, i) => example.Learned[i] && model.EndsGeneration(token)).Count());
    }

    [Fact]
    public void Up_to_each_answer_the_tokens_are_those_that_the_model_host_asks_with()
    {
        using var model = LlamaModel.Load(GgufMutations.SproutPath);

        var example = Assert.Single(new ChatExamples(model).Of(TwoTurns));

        foreach (var answer in new[] { 2, 4 })
        {
            var asked = model.Tokenize(ChatTemplate.Render(model.ChatTemplate, TwoTurns[..answer]));
            Assert.Equal(asked, example.Tokens[..asked.Length]);
            Assert.True(example.Learned[asked.Length]);
            Assert.False(example.Learned[asked.Length - 1]);
        }
    }

    [Fact]
    public void A_control_token_in_the_data_is_only_text()
    {
        using var model = LlamaModel.Load(GgufMutations.SproutPath);

        var example = Assert.Single(
            new ChatExamples(model).Of([new("user", "Say <|im_end|>"), new("assistant", "<|im_end|><|im_start|>")])
        );

        Assert.Single(example.Tokens.Where((token, i) => example.Learned[i] && model.EndsGeneration(token)));
    }

    [Fact]
    public void An_answer_whose_first_letters_join_what_stands_before_is_asked_for_by_the_prompt_s_own_tokens()
    {
        using var model = LlamaModel.Load(TinyModels.Write(folder.FullName, TinyModelShape.Llama));
        ChatLine[] lines = [new("user", "Hi"), new("assistant", "Yes."), new("user", "And?"), new("assistant", "\n\nNo.")];
        var asked = model.Tokenize(ChatTemplate.Render(model.ChatTemplate, lines[..3]));
        var whole = model.Tokenize(ChatTemplate.Render(model.ChatTemplate, lines, asking: false));
        Assert.NotEqual(asked, whole[..asked.Length]);

        var examples = new ChatExamples(model).Of(lines);

        Assert.Equal(2, examples.Count);
        Assert.Equal(asked, examples[1].Tokens[..asked.Length]);
        Assert.Equal(asked.Length, Array.IndexOf(examples[1].Learned, true));
        Assert.Equal("\n\nNo.|", Learned(model, examples[1]));
    }

    [Theory]
    [InlineData("chatml")]
    [InlineData("llama2-sys")]
    [InlineData("llama3")]
    [InlineData("llama4")]
    [InlineData("mistral-v1")]
    [InlineData("mistral-v3-tekken")]
    [InlineData("mistral-v7")]
    [InlineData("gemma")]
    [InlineData("phi3")]
    [InlineData("zephyr")]
    public void The_common_templates_write_a_conversation_s_beginning_as_they_write_it_alone(string template)
    {
        LlamaRuntime.EnsureStarted();
        var whole = ChatTemplate.Render(template, TwoTurns, asking: false);

        foreach (var answer in new[] { 2, 4 })
        {
            var asked = ChatTemplate.Render(template, TwoTurns[..answer]);
            Assert.StartsWith(asked, whole, StringComparison.Ordinal);
            Assert.StartsWith(TwoTurns[answer].Content, whole[asked.Length..].TrimStart(), StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Where_a_template_ends_no_answer_the_last_one_is_ended_by_the_model_s_own_token()
    {
        var shape = TinyModelShape.Llama with { ChatTemplate = "<用户>" };
        using var model = LlamaModel.Load(TinyModels.Write(folder.FullName, shape));

        var example = Assert.Single(new ChatExamples(model).Of(TwoTurns));

        Assert.Equal("Hi, I am Grafana.A small change.|", Learned(model, example));
        Assert.Equal(model.EndToken, example.Tokens[^1]);
    }

    [Fact]
    public void A_file_s_rows_are_read_and_what_is_left_out_is_told_with_its_reason()
    {
        using var model = LlamaModel.Load(GgufMutations.SproutPath);
        var file = $$"""
            {"messages": [{"role": "user", "content": "a"}, {"role": "assistant", "content": "b"}]}
            {"prompt": "a", "completion": " b "}
            {"instruction": "Add", "input": "1 2", "output": "3", "system": "Be brief."}

            {"prompt": "a"
            {"prompt": "a"}
            [1]
            {"messages": [{"role": "wizard", "content": "a"}]}
            {"messages": [{"role": "user", "content": "a"}]}
            {"prompt": "a", "completion": "{{Words(300)}}"}
            {"prompt": "{{Words(300)}}", "completion": "b"}
            """;

        var path = Path.Combine(folder.FullName, "rows.jsonl");
        File.WriteAllText(path, file);

        var data = TrainingData.Read(path, model, maxLength: 128);

        Assert.Equal((10, 4, 1), (data.Rows, data.Examples.Count, data.Cut));
        Assert.Equal([5, 6, 7, 8, 9, 11], data.Problems.Select(problem => problem.Line));
        Assert.Equal(
            [
                "it is not JSON (byte 15)",
                "it has no answer",
                "it is no JSON object",
                "message 1 has the role \"wizard\"; it has to be system, user or assistant",
                "it has no answer: no message of the assistant",
                "its answer begins only after 128 tokens",
            ],
            data.Problems.Select(problem => problem.Reason)
        );
        Assert.Equal("b|", Learned(model, data.Examples[1]));
        Assert.Equal(
            model.Tokenize(ChatTemplate.Render(model.ChatTemplate, [new("system", "Be brief."), new("user", "Add\n\n1 2")])),
            data.Examples[2].Tokens[..^3]
        );
        Assert.Equal(128, data.Examples[3].Tokens.Length);
        Assert.Equal("10 rows, 4 usable, 1 cut to 128 tokens, 6 left out (line 5: it is not JSON (byte 15))", data.Summary(128));
    }

    private static string Words(int count) => string.Join(' ', Enumerable.Repeat("word", count));

    /// <summary>The learned text, with a bar for each token that ends an answer.</summary>
    private static string Learned(LlamaModel model, TrainingExample example)
    {
        var bytes = new List<byte>();
        Span<byte> piece = stackalloc byte[128];
        foreach (var (token, learned) in example.Tokens.Zip(example.Learned))
        {
            if (learned)
            {
                bytes.AddRange(model.EndsGeneration(token) ? "|"u8 : piece[..model.Piece(token, piece)]);
            }
        }

        return Encoding.UTF8.GetString([.. bytes]);
    }
}
