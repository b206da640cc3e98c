using Republic.Core.Inference.Answers;
using Republic.Core.Llama.Templates;

namespace Republic.Tests.Unit.Inference;

public sealed class ToolCallReaderTests
{
    private static readonly Tool[] Tools = [new("weather", null, IsStrict: false), new("clock", null, IsStrict: false)];
    private static readonly ToolCallSyntax Bare = new("", null, "", ArgumentsKey: "parameters");
    private static readonly ToolCallSyntax List = new("[TOOL_CALLS][", ", ", "]", IdKey: "id");
    private static readonly ToolCallSyntax Tight = new("<call>", "", "");

    public static TheoryData<string, string, string, string> Answers() =>
        new()
        {
            { "general", "Hello <tool> there", "Hello <tool> there", "" },
            { "general", "<tool_call>\n{\"name\": \"clock\", \"arguments\": {}}\n</tool_call>", "", "clock {}" },
            {
                "general",
                "Well. <tool_call>\n{\"name\": \"weather\", \"arguments\": {\"town\": \"a}\\\"{b\\\\\"}}\n</tool_call>\n<tool_call>\n{\"name\": \"clock\", \"arguments\": {\"a\": [1]}}\n</tool_call>",
                "Well. ",
                "weather {\"town\": \"a}\\\"{b\\\\\"}|clock {\"a\": [1]}"
            },
            { "bare", "{\"name\": \"clock\", \"parameters\": {\"zone\": \"é\"}}", "", "clock {\"zone\": \"é\"}" },
            { "bare", "It is {\"name\": \"x\"}", "It is {\"name\": \"x\"}", "" },
            {
                "list",
                "[TOOL_CALLS][{\"name\": \"clock\", \"arguments\": {}, \"id\": \"abc123def\"}, {\"name\": \"weather\", \"arguments\": {\"t\": 1}, \"id\": \"x\"}]",
                "",
                "clock {}|weather {\"t\": 1}"
            },
            {
                "tight",
                "<call>{\"name\": \"clock\", \"arguments\": {}}{\"name\": \"weather\", \"arguments\": {}}",
                "",
                "clock {}|weather {}"
            },
            { "general format", "{\"s\":\"write <tool_call> here\"}", "{\"s\":\"write <tool_call> here\"}", "" },
            { "general format", "<tool_call>\n{\"name\": \"clock\", \"arguments\": {}}\n</tool_call>", "", "clock {}" },
            { "bare format", "{\"answer\":\"42\"}", "{\"answer\":\"42\"}", "" },
            { "bare format", "{\"name\": \"Ann\", \"parameters\": {}}", "{\"name\": \"Ann\", \"parameters\": {}}", "" },
            { "bare format", "{\"name\": \"clock\", \"parameters\": {}}", "", "clock {}" },
        };

    [Theory]
    [MemberData(nameof(Answers))]
    public void Words_and_calls_are_told_apart_however_they_come(string syntax, string answer, string words, string calls)
    {
        foreach (var length in (int[])[1, 3, 7, answer.Length])
        {
            var reader = new ToolCallReader(
                syntax.Split(' ')[0] switch
                {
                    "bare" => Bare,
                    "list" => List,
                    "tight" => Tight,
                    _ => ToolCallSyntax.General,
                },
                syntax.EndsWith("format", StringComparison.Ordinal) ? Tools : null
            );
            var parts = answer.Chunk(length).SelectMany(piece => reader.Read(new string(piece))).Concat(reader.Flush()).ToList();

            Assert.Equal(words, string.Concat(parts.Where(part => part.Call is null).Select(part => part.Text)));
            Assert.Equal(
                calls,
                string.Join(
                    '|',
                    parts
                        .Where(part => part.Call is not null)
                        .GroupBy(part => part.Call)
                        .Select(call => $"{call.First().Name} {string.Concat(call.Select(part => part.Text))}")
                )
            );
            Assert.False(reader.IsInCall);
        }
    }

    [Theory]
    [InlineData(false, "<tool_")]
    [InlineData(true, "")]
    public void The_beginning_of_a_mark_is_text_where_text_may_be(bool isRequired, string words)
    {
        var reader = new ToolCallReader(ToolCallSyntax.General, isRequired: isRequired);

        Assert.Empty(reader.Read("<tool_"));
        Assert.Equal(words, string.Concat(reader.Flush().Select(part => part.Text)));
    }

    [Fact]
    public void A_call_that_breaks_off_is_known_as_one()
    {
        var reader = new ToolCallReader(ToolCallSyntax.General);

        Assert.Equal(2, reader.Read("<tool_call>\n{\"name\": \"clock\", \"arguments\": {\"a").Count());
        Assert.True(reader.IsInCall);
        Assert.Empty(reader.Flush());
    }
}
