using System.Text.Json;
using Republic.Core.Llama.Templates;

namespace Republic.Core.Inference.Answers;

/// <summary>Tells words from calls in an answer that follows a <see cref="ToolGrammar"/>, while it is written.</summary>
/// <param name="tools">Whose calls may stand in the place of an answer in a format of its own; null: words are free, and calls come behind them.</param>
/// <param name="isRequired">There are calls and no words: what looks like words is the beginning of a call that was cut short.</param>
internal sealed class ToolCallReader(ToolCallSyntax syntax, IReadOnlyList<Tool>? tools = null, bool isRequired = false)
{
    private readonly string mark = ToolGrammar.Begin(syntax).Mark;

    /// <summary>The beginnings of an answer that is a call of one of these tools.</summary>
    private readonly List<string>? prefixes = tools?.Select(tool => syntax.Begin + ToolGrammar.Head(tool, syntax)).ToList();
    private string held = "";
    private State state = tools is null ? State.Words : State.Begin;
    private bool hasWords;
    private int depth;
    private bool isInText;

    private enum State
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

    /// <summary>How many calls the answer has begun so far.</summary>
    public int Calls { get; private set; }

    /// <summary>Whether the text read last is in the middle of a call.</summary>
    public bool IsInCall => state is State.Name or State.Arguments or State.Rest;

    public IEnumerable<ToolCallPart> Read(string piece)
    {
        held += piece;
        for (var hasMore = true; hasMore && held.Length > 0; )
        {
            (var found, hasMore) = Step();
            foreach (var one in found)
            {
                yield return one;
            }
        }
    }

    /// <summary>The end of an answer that was held back, since it could have been the beginning of a call.</summary>
    public IEnumerable<ToolCallPart> Flush()
    {
        var rest = !isRequired && state is (State.Begin or State.Words or State.OnlyWords) ? held : "";
        held = "";
        return rest.Length > 0 ? [new ToolCallPart(rest)] : [];
    }

    private (IReadOnlyList<ToolCallPart> Found, bool HasMore) Step() =>
        state switch
        {
            State.Begin => Begin(),
            State.Words => Words(),
            State.OnlyWords => OnlyWords(),
            State.Name => Name(),
            State.Arguments => Arguments(),
            State.Rest => Rest(),
            State.Between => Between(),
            _ => ([], false),
        };

    private (IReadOnlyList<ToolCallPart>, bool) Begin()
    {
        if (prefixes!.Exists(prefix => held.StartsWith(prefix, StringComparison.Ordinal)))
        {
            held = held[syntax.Begin.Length..];
            state = State.Name;
            return ([], true);
        }

        var isOpen = prefixes.Exists(prefix => prefix.StartsWith(held, StringComparison.Ordinal));
        state = isOpen ? state : State.OnlyWords;
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
        var words = held[..(at >= 0 ? at : held.Length - PartialMark(held, mark))];
        held = held[(words.Length + (at >= 0 ? mark.Length : 0))..];
        state = at >= 0 ? State.Name : state;
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
        (state, depth, isInText) = (State.Arguments, 0, false);
        return ([new ToolCallPart("", Calls++, name)], true);
    }

    /// <summary>Reads arguments up to the brace that closes them.</summary>
    private (IReadOnlyList<ToolCallPart>, bool) Arguments()
    {
        var at = 0;
        while (at < held.Length && state == State.Arguments)
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
                state = depth == 0 ? State.Rest : state;
            }
        }

        var read = held[..at];
        held = held[at..];
        return (read.Length > 0 ? [new ToolCallPart(read, Calls - 1)] : [], state != State.Arguments);
    }

    /// <summary>Skips what follows the arguments in the object of a call: its id, where it has one.</summary>
    private (IReadOnlyList<ToolCallPart>, bool) Rest()
    {
        var end = held.IndexOf('}', StringComparison.Ordinal);
        held = end < 0 ? held : held[(end + 1)..];
        state = end < 0 ? state : State.Between;
        return ([], end >= 0);
    }

    private (IReadOnlyList<ToolCallPart>, bool) Between()
    {
        var separator = syntax.Separator ?? "";
        // Where nothing stands between two, the next one's brace tells.
        if (held.StartsWith(separator.Length > 0 ? separator : "{", StringComparison.Ordinal))
        {
            held = held[separator.Length..];
            state = State.Name;
            return ([], true);
        }

        state = separator.StartsWith(held, StringComparison.Ordinal) ? state : State.End;
        return ([], false);
    }

    /// <summary>How many characters at the end of a text may be the beginning of a mark.</summary>
    private static int PartialMark(string text, string mark)
    {
        var length = Math.Min(mark.Length - 1, text.Length);
        while (length > 0 && !text.EndsWith(mark[..length], StringComparison.Ordinal))
        {
            length--;
        }

        return Math.Max(0, length);
    }
}
