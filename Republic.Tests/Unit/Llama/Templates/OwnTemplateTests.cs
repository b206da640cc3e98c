using System.Text.Json.Nodes;
using Republic.Core.Llama.Native;
using Republic.Core.Llama.Templates;
using Republic.Core.Lora.Rows;
using Republic.Tests.World;

namespace Republic.Tests.Unit.Llama.Templates;

/// <summary>Which conversations without tools llama.cpp's list renders, and which the model file's own template.</summary>
public sealed class OwnTemplateTests : IDisposable
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

    [Theory]
    [InlineData(5, false)]
    [InlineData(4, true)]
    [InlineData(1, true)]
    public void The_built_in_model_s_own_template_says_what_the_list_says(int count, bool asking)
    {
        using var model = LlamaModel.Load(GgufMutations.SproutPath);
        var lines = TwoTurns[..count];
        JsonArray messages = [.. lines.Select(line => ProbeMessages.Message(line.Role, line.Content))];

        var own = ModelTemplate.Of(model.ChatTemplate, model.TemplateTokens).TryRender(messages, asking: asking);

        Assert.Equal(ChatTemplate.RenderListed(model.ChatTemplate, lines, asking), own);
        Assert.Equal(own, ChatTemplate.Text(model, lines, asking));
    }

    [Fact]
    public void A_template_that_is_not_on_the_list_is_run()
    {
        LlamaRuntime.EnsureStarted();

        Assert.Equal("#user Hi\n#assistant ", ChatTemplate.Render(OwnTemplates.Plain, [new("user", "Hi")]));
        Assert.Equal(
            "#user Be brief.\n\nHi\n#assistant ",
            ChatTemplate.Render(OwnTemplates.Plain, [new("system", "Be brief."), new("user", "Hi")])
        );
    }

    [Fact]
    public void What_is_learned_by_such_a_template_is_what_the_model_host_asks_with()
    {
        using var model = Load(OwnTemplates.Plain);

        var example = Assert.Single(new ChatExamples(model).Of(TwoTurns));

        var whole = model.Tokenize(
            "#user You are Grafana.\n\nHello\n#assistant Hi, I am Grafana.\n#user What is LoRA?\n#assistant A small change.\n"
        );
        Assert.Equal(whole, example.Tokens[..whole.Length]);
        foreach (var answer in new[] { 2, 4 })
        {
            var asked = ChatTemplate.Tokens(model, TwoTurns[..answer]);
            Assert.Equal(asked, example.Tokens[..asked.Length]);
            Assert.True(example.Learned[asked.Length]);
            Assert.False(example.Learned[asked.Length - 1]);
        }
    }

    [Fact]
    public void Where_earlier_thoughts_are_left_out_each_answer_is_learned_for_itself()
    {
        using var model = Load(OwnTemplates.Thinking);
        ChatLine[] lines = [new("user", "a"), new("assistant", "hm</think>b"), new("user", "c"), new("assistant", "oh</think>d")];

        var examples = new ChatExamples(model).Of(lines);

        Assert.Equal(2, examples.Count);
        Assert.Equal(ChatTemplate.Tokens(model, lines[..3]), examples[1].Tokens[..Array.IndexOf(examples[1].Learned, true)]);
        Assert.Contains("#assistant b\n", ChatTemplate.Text(model, lines), StringComparison.Ordinal);
        Assert.True(ChatTemplate.LeastTokens(model, new("assistant", $"{new string('x', 4000)}</think>b")) < 10);
    }

    [Fact]
    public void A_template_by_which_no_answer_can_be_told_apart_teaches_nothing_and_says_so()
    {
        using var model = Load(OwnTemplates.Reversed);
        var path = Path.Combine(folder.FullName, "rows.jsonl");
        File.WriteAllText(path, """{"prompt": "a", "completion": "b"}""");

        var data = TrainingData.Read(path, model, maxLength: 128);

        Assert.Equal("the model's chat template does not let its answers be told apart", Assert.Single(data.Problems).Reason);
    }

    private LlamaModel Load(string template) =>
        LlamaModel.Load(TinyModels.Write(folder.FullName, TinyModelShape.Llama with { ChatTemplate = template }));
}
