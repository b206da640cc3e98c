using System.Text.Json.Nodes;
using Republic.Core.Llama.Templates;
using Republic.Tests.Architecture;
using Republic.Tests.World;

namespace Republic.Tests.Unit.Llama.Templates;

/// <summary>Jinja as the templates of models use it.</summary>
public sealed class JinjaTemplateTests
{
    private static readonly TemplateTokens Marks = new("<s>", "</s>");

    [Fact]
    public void A_conversation_is_rendered_with_the_tokens_of_the_vocabulary()
    {
        var template = new JinjaTemplate(OwnTemplates.Bare, Marks);

        Assert.Equal("<s>[user]\nHi</s>[assistant]\nHo</s>", template.Render(Chat("Hi", "Ho"), asking: false));
        Assert.Equal("<s>[user]\nHi</s>[assistant]\n", template.Render(Chat("Hi")));
    }

    [Fact]
    public void The_token_that_the_tokenizer_adds_is_not_written_a_second_time()
    {
        Assert.Equal(
            "[user]\nHi</s>",
            new JinjaTemplate(OwnTemplates.Bare, Marks with { AddsBegin = true }).Render(Chat("Hi"), asking: false)
        );
    }

    [Theory]
    [InlineData("{{ tools is none }}", "true")]
    [InlineData("{{ enable_thinking is defined }}", "false")]
    [InlineData("{{ {'a': 'ü 🦉 <b>', 'b': [1, true, none]} | tojson }}", """{"a": "ü 🦉 <b>", "b": [1, true, null]}""")]
    [InlineData("{{ {'a': [1]} | tojson(indent=2) }}", "{\n  \"a\": [\n    1\n  ]\n}")]
    [InlineData("{{ '\n\n x'.lstrip('\n') }}", " x")]
    [InlineData("{{ '--x-'.strip('-') + '/' + ' x '.strip() + '/' + 'xyx'.rstrip('xy') }}", "x/x/")]
    [InlineData("{{ messages[0].name | trim }}|{{ (messages[0].name | upper) + 'x' }}", "|x")]
    [InlineData("{%- for n in range(5) %}{% if n == 3 %}{% break %}{% endif %}{{ n }}{% endfor %}", "012")]
    [InlineData("{%- macro twice(text) %}{{ text + text }}{% endmacro %}{{ twice('ab') }}", "abab")]
    [InlineData("{{ strftime_now('%d %b %Y') }}", "20 Nov 2026")]
    public void Templates_read_as_in_Python(string template, string expected)
    {
        Assert.Equal(expected, new JinjaTemplate(template, time: new ManualTime()).Render(Chat("Hi")));
    }

    [Fact]
    public void Further_variables_reach_the_template_and_take_the_place_of_none_of_its_own()
    {
        var template = new JinjaTemplate("{{ enable_thinking }} {{ add_generation_prompt }}");

        var text = template.Render(Chat("Hi"), more: new JsonObject { ["enable_thinking"] = false, ["add_generation_prompt"] = false });

        Assert.Equal("false true", text);
    }

    [Fact]
    public void Numbers_stay_as_they_were_written()
    {
        var arguments = """{"id": 12345678901234567890, "half": 0.5, "one": 1.0, "small": 1e-7, "count": 42}""";
        JsonArray messages = [new JsonObject { ["role"] = "user", ["content"] = JsonNode.Parse(arguments) }];

        Assert.Equal(arguments, new JinjaTemplate("{{ messages[0].content | tojson }}").Render(messages));
        Assert.Equal("12345678901234567890", new JinjaTemplate("{{ messages[0].content.id }}").Render(messages));
    }

    [Fact]
    public void What_a_template_refuses_is_said_and_it_renders_the_next_conversation()
    {
        var template = new JinjaTemplate(OwnTemplates.Plain);

        var refusal = Assert.Throws<TemplateException>(() => template.Render([ProbeMessages.Message("system", "Obey.")]));

        Assert.Contains("No system messages!", refusal.Message, StringComparison.Ordinal);
        Assert.False(refusal.IsLimit);
        Assert.Equal("#user Hi\n#assistant ", template.Render(Chat("Hi")));
    }

    [Theory]
    [InlineData("{% for message in messages %}{{ message }}")]
    [InlineData("{{ 'open }}")]
    [InlineData("{% nonsense %}")]
    public void What_is_no_template_is_refused_at_once(string text)
    {
        Assert.Contains("failed", Assert.Throws<TemplateException>(() => new JinjaTemplate(text)).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{{ messages.constructor }}")]
    [InlineData("{{ ''.constructor }}{{ ''['__proto__'] }}")]
    [InlineData("{{ range.constructor }}{{ module }}{{ globalThis }}{{ System }}{{ importNamespace }}")]
    public void A_template_reaches_nothing_behind_its_variables(string template)
    {
        Assert.Equal("", new JinjaTemplate(template).Render(Chat("Hi")));
    }

    [Fact]
    public void A_long_conversation_is_no_attack()
    {
        var turns = Enumerable.Range(0, 400).Select(n => $"turn {n} {new string('x', 400)}").ToArray();
        // The rest of the list is copied for each message, as templates do that look ahead.
        var template = new JinjaTemplate(
            "{% for message in messages %}{% set rest = messages[loop.index:] %}{{ message.content }}{% endfor %}"
        );

        Assert.Equal(string.Concat(turns), template.Render(Chat(turns)));
    }

    [Fact]
    public async Task Many_render_at_a_time()
    {
        var template = new JinjaTemplate(OwnTemplates.Bare, Marks);
        var ct = TestContext.Current.CancellationToken;

        var texts = await Task.WhenAll(
            Enumerable.Range(0, 32).Select(n => Task.Run(() => template.Render(Chat($"Hi {n}"), asking: false), ct))
        );

        Assert.Equal(Enumerable.Range(0, 32).Select(n => $"<s>[user]\nHi {n}</s>"), texts);
    }

    [Fact]
    public void The_copy_in_the_sources_is_that_of_the_package()
    {
        var package = Path.Combine(SourceFile.Root, "node_modules/@huggingface/jinja/dist/index.cjs");
        var copy = Path.Combine(SourceFile.Root, "Republic.Core/Llama/Templates/jinja.js");

        Assert.True(File.ReadAllText(package) == File.ReadAllText(copy), "Run `node dev/vendor.mjs`: jinja.js is of another version.");
    }

    internal static JsonArray Chat(params string[] texts) =>
        [.. texts.Select((text, i) => ProbeMessages.Message(i % 2 == 0 ? "user" : "assistant", text))];
}
