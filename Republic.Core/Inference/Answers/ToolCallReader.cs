using System.Text.Json;
using Republic.Core.Llama.Templates;

namespace Republic.Core.Inference.Answers;

/// <summary>Tells words from calls in an answer that follows a <see cref="ToolGrammar"/>, while it is written.</summary>
/// <param name="tools">Whose calls may stand in the place of an answer in a format of its own; null: words are free, and calls come behind them.</param>
internal sealed class ToolCallReader(ToolCallSyntax syntax, IReadOnlyList<Tool>? tools = null)
{
    private readonly string mark = ToolGrammar.Begin(syntax).Mark;

    /// <summary>How an answer begins that is a call.</summary>
    private readonly List<string>? heads = tools?.Select(tool => syntax.Begin + ToolGrammar.Head(tool, syntax)).ToList();
    private string held = "";
    private Part part = tools is null ? Part.Words : Part.Begin;
    private bool hasWords;
    private int depth;
    private bool isInText;

    private enum Part
    {
        Begin,
        Words,
        OnlyWords,
        Name,
        Arguments,
        Rest,
        Between,
        End,
    }

    /// <summary>How many calls have begun.</summary>
    public int Calls { get; private set; }

    /// <summary>A call has begun and is not over.</summary>
    public bool IsInCall => part is Part.Name or Part.Arguments or Part.Rest;

    public IEnumerable<ToolCallPart> Read(string piece)
    {
        held += piece;
        for (var goesOn = true; goesOn && held.Length > 0; )
        {
            (var found, goesOn) = Step();
            foreach (var one in found)
            {
                yield return one;
            }
        }
    }

    /// <summary>What was held back when the answer came to its end.</summary>
    public IEnumerable<ToolCallPart> Flush()
    {
        var rest = part is Part.Begin or Part.Words or Part.OnlyWords ? held : "";
        held = "";
        return rest.Length > 0 ? [new ToolCallPart(rest)] : [];
    }

    private (IReadOnlyList<ToolCallPart> Found, bool GoesOn) Step() =>
        part switch
        {
            Part.Begin => Begin(),
            Part.Words => Words(),
            Part.OnlyWords => OnlyWords(),
            Part.Name => Name(),
            Part.Arguments => Arguments(),
            Part.Rest => Rest(),
            Part.Between => Between(),
            _ => ([], false),
        };

    private (IReadOnlyList<ToolCallPart>, bool) Begin()
    {
        if (heads!.Exists(head => held.StartsWith(head, StringComparison.Ordinal)))
        {
            held = held[syntax.Begin.Length..];
            part = Part.Name;
            return ([], true);
        }

        var isOpen = heads.Exists(head => head.StartsWith(held, StringComparison.Ordinal));
        part = isOpen ? part : Part.OnlyWords;
        return ([], !isOpen);
    }

    private (IReadOnlyList<ToolCallPart>, bool) OnlyWords()
    {
        var words = held;
        held = "";
        return ([new ToolCallPart(words)], false);
    }

    private (IReadOnlyList<ToolCallPart>, bool) Words()
    {
        var at = mark.Length == 0 ? (!hasWords && held[0] == '{' ? 0 : -1) : held.IndexOf(mark, StringComparison.Ordinal);
        var words = held[..(at >= 0 ? at : held.Length - Kept(held, mark))];
        held = held[(words.Length + (at >= 0 ? mark.Length : 0))..];
        part = at >= 0 ? Part.Name : part;
        hasWords |= words.Length > 0;
        return (words.Length > 0 ? [new ToolCallPart(words)] : [], at >= 0);
    }

    private (IReadOnlyList<ToolCallPart>, bool) Name()
    {
        var key = $"\"{syntax.ArgumentsKey}\": ";
        var end = held.IndexOf(key, StringComparison.Ordinal);
        if (end < 0)
        {
            return ([], false);
        }

        var quoted = held[..end].TrimEnd(' ', ',');
        var name = JsonSerializer.Deserialize<string>(quoted[(quoted.IndexOf(':', StringComparison.Ordinal) + 1)..].Trim())!;
        held = held[(end + key.Length)..];
        (part, depth, isInText) = (Part.Arguments, 0, false);
        return ([new ToolCallPart("", Calls++, name)], true);
    }

    /// <summary>Goes on to the brace that closes the one it begins with.</summary>
    private (IReadOnlyList<ToolCallPart>, bool) Arguments()
    {
        var at = 0;
        while (at < held.Length && part == Part.Arguments)
        {
            var character = held[at++];
            if (isInText && character == '\\')
            {
                if (at == held.Length)
                {
                    at--;
                    break;
                }

                at++;
            }
            else if (character == '"')
            {
                isInText = !isInText;
            }
            else if (!isInText)
            {
                depth +=
                    character is '{' or '[' ? 1
                    : character is '}' or ']' ? -1
                    : 0;
                part = depth == 0 ? Part.Rest : part;
            }
        }

        var read = held[..at];
        held = held[at..];
        return (read.Length > 0 ? [new ToolCallPart(read, Calls - 1)] : [], part != Part.Arguments);
    }

    /// <summary>The rest of the object, which may have an id.</summary>
    private (IReadOnlyList<ToolCallPart>, bool) Rest()
    {
        var end = held.IndexOf('}', StringComparison.Ordinal);
        held = end < 0 ? held : held[(end + 1)..];
        part = end < 0 ? part : Part.Between;
        return ([], end >= 0);
    }

    private (IReadOnlyList<ToolCallPart>, bool) Between()
    {
        var separator = syntax.Separator ?? "";
        // Where nothing stands between two, the next one's brace tells.
        if (held.StartsWith(separator.Length > 0 ? separator : "{", StringComparison.Ordinal))
        {
            held = held[separator.Length..];
            part = Part.Name;
            return ([], true);
        }

        part = separator.StartsWith(held, StringComparison.Ordinal) ? part : Part.End;
        return ([], false);
    }

    /// <summary>How many characters at the end of a text may be the beginning of a mark.</summary>
    private static int Kept(string text, string mark)
    {
        var most = Math.Min(mark.Length - 1, text.Length);
        while (most > 0 && !text.EndsWith(mark[..most], StringComparison.Ordinal))
        {
            most--;
        }

        return Math.Max(0, most);
    }
}
