using System.Text.Json.Nodes;
using Republic.Core.Llama.Native;
using Republic.Core.Llama.Templates;

namespace Republic.Tests.Unit.Llama.Templates;

/// <summary>Conversations with tools, by templates that take them and by templates that do not.</summary>
public sealed class ModelTemplateTests
{
    private static readonly TemplateTokens Marks = new("<s>", "</s>");

    private static readonly JsonArray Tools = Json(
        """[{"type": "function", "function": {"name": "weather", "description": "Of a city.", "parameters": {"type": "object"}}}]"""
    );

    /// <summary>As a client sends it: arguments in text, ids of any length, no name at the result.</summary>
    private static readonly JsonArray Called = Json(
        """
        [
          {"role": "system", "content": "Be brief."},
          {"role": "user", "content": [{"type": "text", "text": "Weather in Köln?"}]},
          {"role": "assistant", "content": null, "tool_calls": [
            {"id": "call_abcdefghijkl", "type": "function", "function": {"name": "weather", "arguments": "{\"city\":\"Köln\"}"}}]},
          {"role": "tool", "tool_call_id": "call_abcdefghijkl", "content": "20 °C"},
          {"role": "assistant", "content": "It is warm."},
          {"role": "user", "content": "Thanks"}
        ]
        """
    );

    [Fact]
    public void A_template_that_takes_tools_writes_all_of_it()
    {
        Assert.Equal(
            """
            <<system>>
            Be brief.
            {"name": "weather", "description": "Of a city.", "parameters": {"type": "object"}}<<end>>
            <<user>>
            Weather in Köln?<<end>>
            <<assistant>>
            <call>
            {"name": "weather", "arguments": {"city": "Köln"}}
            </call><<end>>
            <<user>>
            <result>
            20 °C
            </result><<end>>
            <<assistant>>
            It is warm.<<end>>
            <<user>>
            Thanks<<end>>
            <<assistant>>

            """,
            Of(OwnTemplates.Tagged).Render(Called, Tools)
        );
    }

    [Fact]
    public void Ids_content_and_the_system_message_are_brought_into_the_form_that_a_template_wants()
    {
        var text = Of(OwnTemplates.Listed).Render(Called, Tools);

        Assert.Matches(
            """^<s>\[TOOLS\].+\[/TOOLS\]\[ASK\]Be brief\.\n\nWeather in Köln\?\[/ASK\]\[CALLS\]\[\{"name": "weather", "arguments": \{"city": "Köln"\}, "id": "(?<id>[a-z0-9]{9})"\}\]</s>\[RESULT\]\{"content": "20 °C", "call_id": "\k<id>"\}\[/RESULT\]It is warm\.</s>\[TOOLS\].+\[/TOOLS\]\[ASK\]Thanks\[/ASK\]$""",
            text
        );
    }

    [Fact]
    public void Who_speaks_twice_is_joined_where_a_template_wants_turns()
    {
        var messages = Json(
            """[{"role": "user", "content": "a"}, {"role": "user", "content": "b"}, {"role": "assistant", "content": "c"}]"""
        );

        Assert.Equal("<s>[ASK]a\n\nb[/ASK]c</s>", Of(OwnTemplates.Listed).Render(messages, asking: false));
    }

    [Theory]
    [InlineData(OwnTemplates.Plain)]
    [InlineData(OwnTemplates.Elements)]
    public void A_template_that_does_not_take_tools_is_given_them_as_text(string template)
    {
        var model = Of(template);

        var text = model.Render(Called, Tools);

        Assert.Same(ToolCallSyntax.General, model.Calls);
        Assert.Contains("Be brief.\n\nYou can call functions.", text, StringComparison.Ordinal);
        Assert.Contains(
            "\n{\"name\": \"weather\", \"description\": \"Of a city.\", \"parameters\": {\"type\": \"object\"}}\n",
            text,
            StringComparison.Ordinal
        );
        Assert.Contains(
            "#assistant <tool_call>\n{\"name\": \"weather\", \"arguments\": {\"city\": \"Köln\"}}\n</tool_call>\n",
            text,
            StringComparison.Ordinal
        );
        Assert.Contains("#user <tool_response>\n20 °C\n</tool_response>\n", text, StringComparison.Ordinal);
        Assert.EndsWith("#user Thanks\n#assistant ", text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("a template that nobody knows")]
    [InlineData("{{ 'open }}")]
    public void Without_a_template_that_renders_it_is_ChatML(string? template)
    {
        LlamaRuntime.EnsureStarted();

        var text = Of(template).Render(Called, Tools);

        Assert.StartsWith("<|im_start|>system\nBe brief.\n\nYou can call functions.", text, StringComparison.Ordinal);
        Assert.EndsWith("<|im_start|>user\nThanks<|im_end|>\n<|im_start|>assistant\n", text, StringComparison.Ordinal);
    }

    [Fact]
    public void A_conversation_that_a_template_refuses_is_told_in_the_syntax_that_the_model_is_asked_for()
    {
        LlamaRuntime.EnsureStarted();
        var model = Of(OwnTemplates.Bare);
        var twice = Json(
            """
            [{"role": "user", "content": "Both"}, {"role": "assistant", "tool_calls": [
              {"id": "1", "function": {"name": "a", "arguments": "{}"}}, {"id": "2", "function": {"name": "b", "arguments": "{\"n\": 1.0}"}}]}]
            """
        );

        var text = model.Render(twice, Tools, asking: false);

        Assert.Contains(
            "{\"name\": \"a\", \"parameters\": {}}\n{\"name\": \"b\", \"parameters\": {\"n\": 1.0}}<|im_end|>",
            text,
            StringComparison.Ordinal
        );
        Assert.Contains("{\"name\": \"function-name\", \"parameters\": {\"parameter\": \"value\"}}", text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{\"a\": 1", "\"{\\\"a\\\": 1\"")]
    [InlineData("{\"a\": 1, \"a\": 2}", "\"{\\\"a\\\": 1, \\\"a\\\": 2}\"")]
    [InlineData("[1]", "\"[1]\"")]
    [InlineData(" ", "{}")]
    public void Arguments_that_are_no_object_stay_as_they_were_written(string arguments, string expected)
    {
        JsonArray messages =
        [
            ProbeMessages.Message("user", "Hi"),
            new JsonObject
            {
                ["role"] = "assistant",
                ["tool_calls"] = new JsonArray(
                    new JsonObject
                    {
                        ["function"] = new JsonObject { ["name"] = "a", ["arguments"] = arguments },
                    }
                ),
            },
        ];

        Assert.Contains(
            $"{{\"name\": \"a\", \"arguments\": {expected}}}\n</call>",
            Of(OwnTemplates.Tagged).Render(messages),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void A_result_of_a_call_that_was_never_made_is_shown_all_the_same()
    {
        var messages = Json("""[{"role": "user", "content": "Hi"}, {"role": "tool", "tool_call_id": "nobody", "content": "42"}]""");

        Assert.Contains("<result>\n42\n</result>", Of(OwnTemplates.Tagged).Render(messages, Tools), StringComparison.Ordinal);
        Assert.Contains("<tool_response>\n42\n</tool_response>", Of(OwnTemplates.Plain).Render(messages, Tools), StringComparison.Ordinal);
    }

    [Fact]
    public void The_conversation_that_came_is_left_as_it_is()
    {
        var before = Called.ToJsonString();

        _ = Of(OwnTemplates.Listed).Render(Called, Tools);
        _ = Of(OwnTemplates.Plain).Render(Called, Tools);

        Assert.Equal(before, Called.ToJsonString());
    }

    [Fact]
    public void A_template_that_counts_on_a_list_of_tools_is_given_an_empty_one()
    {
        var template = Of("{%- for tool in tools %}{{ tool.function.name }}{% endfor %}" + OwnTemplates.Plain);

        Assert.Equal("#user Hi\n#assistant ", template.Render([ProbeMessages.Message("user", "Hi")]));
    }

    [Fact]
    public void A_template_is_tried_out_once()
    {
        Assert.Same(Of(OwnTemplates.Thinking), Of(string.Concat(OwnTemplates.Thinking)));
        Assert.NotSame(Of(OwnTemplates.Thinking), ModelTemplate.Of(OwnTemplates.Thinking, new TemplateTokens()));
    }

    private static ModelTemplate Of(string? template) => ModelTemplate.Of(template, Marks);

    private static JsonArray Json(string text) => JsonNode.Parse(text)!.AsArray();
}
