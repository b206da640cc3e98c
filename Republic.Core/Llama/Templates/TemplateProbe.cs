using System.Text.Json.Nodes;

namespace Republic.Core.Llama.Templates;

/// <summary>Finds out what a template does by rendering short conversations of words that stand in no template.</summary>
internal sealed class TemplateProbe
{
    private const string Asked = "zqasked";
    private const string Said = "zqsaid";
    private const string Result = "zqresult";
    private const int LongestMark = 100;
    private readonly JinjaTemplate template;
    private JsonArray? tools;

    private TemplateProbe(JinjaTemplate template) => this.template = template;

    /// <exception cref="TemplateException">The template ran into a limit.</exception>
    public static TemplateFeatures Of(JinjaTemplate template) => new TemplateProbe(template).Features();

    private TemplateFeatures Features()
    {
        if (!Chats())
        {
            tools = [];
            if (!Chats())
            {
                return new TemplateFeatures(Chats: false);
            }
        }

        var features = new TemplateFeatures(Chats: true, System: Shows("zqsystem", [ProbeMessages.Message("system", "zqsystem"), User()]))
        {
            WantsList = tools is not null,
        };
        tools = ProbeMessages.Tools();
        if (!Shows(ProbeMessages.First.Name, [User()]))
        {
            return features;
        }

        foreach (var shape in CallShape.All)
        {
            if (Syntax(shape) is { } syntax)
            {
                return features with { Tools = true, Calls = syntax, Shape = shape, Results = ShowsResult(shape) };
            }
        }

        return features with
        {
            Tools = true,
        };
    }

    private bool Chats() =>
        Try([User(), ProbeMessages.Message("assistant", Said)], asking: false)?.Contains(Said, StringComparison.Ordinal) == true
        && Shows(Asked, [User()]);

    private ToolCallSyntax? Syntax(CallShape shape)
    {
        var said = Try([User(), ProbeMessages.Message("assistant", Said)], asking: false);
        var called = Try([User(), ProbeMessages.Calling(shape, ProbeMessages.First)], asking: false);
        if (said is null || called is null || said.IndexOf(Said, StringComparison.Ordinal) is not (>= 0 and var at))
        {
            return null;
        }

        var begin = BeginOf(called, said, at);
        return ProbeMessages.First.FindIn(called, begin) is { } one
            ? With(
                one,
                called,
                begin,
                said[(at + Said.Length)..],
                Try([User(), ProbeMessages.Calling(shape, ProbeMessages.First, ProbeMessages.Second)], asking: false)
            )
            : null;
    }

    /// <summary>Where the model begins to write a call: behind what stands before any answer, or else behind what it is asked with.</summary>
    private int BeginOf(string called, string said, int at)
    {
        var same = said.AsSpan().CommonPrefixLength(called);
        if (same >= at || (Try([User()]) is { } asked && called.StartsWith(asked, StringComparison.Ordinal) && (same = asked.Length) > 0))
        {
            return Math.Min(same, at);
        }

        // Two marks may begin with the same letters: a call's own begins where it is opened.
        var open = called.AsSpan(0, same).LastIndexOfAny('<', '[');
        return open >= 0 && called.AsSpan(open, same - open).IndexOfAny('>', ']') < 0 ? open : same;
    }

    private ToolCallSyntax? With(CallSpan one, string called, int begin, string behindAnswers, string? twice)
    {
        var behind = called[one.End..];
        var end = behind.EndsWith(behindAnswers, StringComparison.Ordinal) ? behind[..^behindAnswers.Length] : UpToEnd(behind);
        var separator =
            twice is not null
            && ProbeMessages.First.FindIn(twice, begin) is { } first
            && ProbeMessages.Second.FindIn(twice, first.End) is { } second
            && twice[second.End..] == behind
                ? twice[first.End..second.Begin]
                : null;
        var begins = called[begin..one.Begin];
        // So long, it is no mark of a call: the template writes a text of its own there.
        return Math.Max(begins.Length, Math.Max(end.Length, separator?.Length ?? 0)) <= LongestMark
            ? new ToolCallSyntax(begins, separator, end, one.NameKey, one.ArgumentsKey, one.IdKey)
            : null;
    }

    private string UpToEnd(string text)
    {
        var at = template.Tokens.End.Length > 0 ? text.IndexOf(template.Tokens.End, StringComparison.Ordinal) : -1;
        return at < 0 ? text : text[..at];
    }

    private bool ShowsResult(CallShape shape) =>
        Shows(Result, [User(), ProbeMessages.Calling(shape, ProbeMessages.First), ProbeMessages.First.Answered(Result)]);

    private static JsonObject User() => ProbeMessages.Message("user", Asked);

    private bool Shows(string word, JsonArray messages) => Try(messages)?.Contains(word, StringComparison.Ordinal) == true;

    private string? Try(JsonArray messages, bool asking = true)
    {
        try
        {
            return template.Render(messages, tools, asking);
        }
        catch (TemplateException e) when (!e.IsLimit)
        {
            return null;
        }
    }
}
