using System.Diagnostics;
using Republic.Core.Llama.Templates;

namespace Republic.Tests.Unit.Llama.Templates;

/// <summary>A chat template comes with a model that anybody may have made.</summary>
public sealed class HostileTemplateTests
{
    [Theory]
    [InlineData("{% for a in range(100000) %}{% for b in range(100000) %}{% endfor %}{% endfor %}")]
    [InlineData("{% for a in range(10000000000) %}{% endfor %}")]
    [InlineData("{% macro again() %}{{ again() }}{% endmacro %}{{ again() }}")]
    [InlineData("{% set ns = namespace(x='abcdefgh') %}{% for a in range(60) %}{% set ns.x = ns.x + ns.x %}{% endfor %}{{ ns.x }}")]
    [InlineData(
        "{% set ns = namespace(x='abcdefgh') %}{% for a in range(60) %}{% set ns.x = ns.x.replace('a', ns.x) %}{% endfor %}{{ ns.x }}"
    )]
    [InlineData(
        "{% set ns = namespace(x=['abcdefgh']) %}{% for a in range(60) %}{% set ns.x = [ns.x | join, ns.x | join] %}{% endfor %}{{ ns.x | join }}"
    )]
    [InlineData("{% set ns = namespace(x=[1]) %}{% for a in range(60) %}{% set ns.x = ns.x + ns.x %}{% endfor %}{{ ns.x | length }}")]
    [InlineData("{{ 'a\nb' | indent(1000000000) }}")]
    [InlineData("{{ [1] | tojson(indent=1000000000) }}")]
    [InlineData("{% for a in range(30000) %}{{ 'x' | indent(1000, true) }}{% endfor %}")]
    public void What_has_no_end_is_stopped_and_nothing_else_suffers(string text)
    {
        var other = new JinjaTemplate(OwnTemplates.Plain);
        var template = new JinjaTemplate("{% if messages | length > 1 %}" + text + "{% endif %}short");
        var started = Stopwatch.GetTimestamp();

        var stopped = Assert.Throws<TemplateException>(() => template.Render(JinjaTemplateTests.Chat("Hi", "Ho")));

        Assert.True(stopped.IsLimit, stopped.Message);
        Assert.True(Stopwatch.GetElapsedTime(started) < TimeSpan.FromSeconds(20), stopped.Message);
        Assert.Equal("short", template.Render(JinjaTemplateTests.Chat("Hi")));
        Assert.Equal("#user Hi\n#assistant ", other.Render(JinjaTemplateTests.Chat("Hi")));
    }

    [Theory]
    [InlineData("(", "1", ")")]
    [InlineData("[", "", "]")]
    [InlineData("not ", "1", "")]
    [InlineData("1 + ", "1", "")]
    public void What_is_nested_too_deep_is_refused(string open, string core, string close)
    {
        string Nested(int count) =>
            "{{ " + string.Concat(Enumerable.Repeat(open, count)) + core + string.Concat(Enumerable.Repeat(close, count)) + " }}";

        Assert.Throws<TemplateException>(() => new JinjaTemplate(Nested(100_000 / open.Length)).Render(JinjaTemplateTests.Chat("Hi")));
        Assert.NotEmpty(new JinjaTemplate(Nested(20)).Render(JinjaTemplateTests.Chat("Hi")));
    }

    [Fact]
    public void A_template_of_a_megabyte_is_not_even_read()
    {
        var refusal = Assert.Throws<TemplateException>(() => new JinjaTemplate(new string('x', 1 << 20)));

        Assert.Contains("1048576 characters", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_template_that_runs_into_limits_again_and_again_is_left_alone()
    {
        var text = OwnTemplates.Plain + "{% if messages | length > 3 %}{% for a in range(10000000000) %}{% endfor %}{% endif %}";
        var template = ModelTemplate.Of(text, new TemplateTokens());
        var long4 = JinjaTemplateTests.Chat("a", "b", "c", "d");
        Assert.True(template.Features.Chats);
        Assert.All(Enumerable.Range(0, 3), _ => Assert.Null(template.TryRender(long4)));
        var started = Stopwatch.GetTimestamp();

        Assert.Null(template.TryRender(long4));

        Assert.True(Stopwatch.GetElapsedTime(started) < TimeSpan.FromMilliseconds(100));
    }

    [Fact]
    public void A_template_that_loops_over_every_conversation_is_tried_once()
    {
        var template = ModelTemplate.Of("{% for a in range(10000000000) %}{% endfor %}", new TemplateTokens());

        Assert.False(template.Features.Chats);
        Assert.Contains("stopped", template.Refusal, StringComparison.Ordinal);
    }
}
