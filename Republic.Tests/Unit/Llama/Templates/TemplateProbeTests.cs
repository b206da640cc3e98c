using Republic.Core.Llama.Templates;

namespace Republic.Tests.Unit.Llama.Templates;

/// <summary>What a template does is found out by rendering with it.</summary>
public sealed class TemplateProbeTests
{
    private static readonly TemplateTokens Marks = new("<s>", "</s>");

    [Fact]
    public void Calls_in_tags()
    {
        Assert.Equal(
            new TemplateFeatures(
                Chats: true,
                System: true,
                Tools: true,
                Results: true,
                new ToolCallSyntax("<call>\n", "\n</call>\n<call>\n", "\n</call>"),
                new CallShape(NullContent: false, TextArguments: false)
            ),
            Of(OwnTemplates.Tagged)
        );
    }

    [Fact]
    public void A_call_that_is_the_whole_answer()
    {
        var features = Of(OwnTemplates.Bare);

        Assert.Equal(new ToolCallSyntax("", Separator: null, "", "name", "parameters"), features.Calls);
        Assert.True(features.TakesTools);
    }

    [Fact]
    public void Calls_in_an_array_with_ids_where_no_system_message_is_taken()
    {
        var features = Of(OwnTemplates.Listed);

        Assert.Equal(new ToolCallSyntax("[CALLS][", ", ", "]", IdKey: "id"), features.Calls);
        Assert.True(features.Calls!.IsArray);
        Assert.True(features.Shape.NullContent);
        Assert.False(features.System);
        Assert.True(features.TakesTools);
    }

    [Fact]
    public void Arguments_that_have_to_be_text()
    {
        var features = Of(OwnTemplates.TextArguments);

        Assert.Equal(new ToolCallSyntax(" !", " !", ""), features.Calls);
        Assert.True(features.Shape.TextArguments);
    }

    [Fact]
    public void Calls_that_are_no_JSON_are_in_no_known_syntax()
    {
        var features = Of(OwnTemplates.Elements);

        Assert.True(features.Tools);
        Assert.Null(features.Calls);
        Assert.False(features.TakesTools);
    }

    [Fact]
    public void A_text_that_follows_every_call_is_no_mark_of_it()
    {
        var talkative = OwnTemplates.Tagged.Replace("</call>", "</call>" + new string('x', 200), StringComparison.Ordinal);

        Assert.NotEqual(OwnTemplates.Tagged, talkative);
        Assert.Null(Of(talkative).Calls);
    }

    [Fact]
    public void A_list_of_tools_that_may_be_empty_but_not_none()
    {
        var features = Of("{%- for tool in tools %}{{ tool.function.name }}{% endfor %}" + OwnTemplates.Plain);

        Assert.True(features.WantsList);
        Assert.True(features.Tools);
    }

    [Theory]
    [InlineData("<think>\n", "", "<call>")]
    [InlineData("<think>\n", "</think>\n", "<call>")]
    [InlineData("", "", "[CALL]")]
    public void What_stands_before_every_answer_belongs_to_no_call(string asked, string answered, string call)
    {
        var features = Of(
            $$$"""
            {%- for tool in tools or [] %}{{ tool.function.name + '\n' }}{% endfor %}
            {%- for message in messages %}
                {{- '#' + message.role + ' ' }}
                {%- if message.tool_calls %}
                    {{- '{{{call}}}{"name": "' + message.tool_calls[0].function.name + '", "arguments": ' + message.tool_calls[0].function.arguments | tojson + '}' }}
                {%- else %}
                    {{- ('{{{asked}}}{{{answered}}}' if message.role == 'assistant' else '') + message.content }}
                {%- endif %}
                {{- '\n' }}
            {%- endfor %}
            {%- if add_generation_prompt %}{{ '#assistant {{{asked}}}' }}{% endif %}
            """
        );

        Assert.Equal(call, features.Calls?.Begin);
    }

    [Fact]
    public void Neither_tools_nor_a_system_message()
    {
        Assert.Equal(new TemplateFeatures(Chats: true), Of(OwnTemplates.Plain));
    }

    [Theory]
    [InlineData("a template that says nothing of anybody")]
    [InlineData("{{ messages[0].content }}")]
    [InlineData("{{ raise_exception('Never!') }}")]
    public void What_does_not_render_both_sides_is_of_no_use(string template)
    {
        Assert.Equal(new TemplateFeatures(Chats: false), Of(template));
    }

    private static TemplateFeatures Of(string template) => TemplateProbe.Of(new JinjaTemplate(template, Marks));
}
