using System.Text;

namespace Republic.Core.Answering.Turns;

/// <summary>An answer while it grows: one writes, others may read at any time.</summary>
public sealed class TurnText
{
    /// <summary>Far beyond what a model answers; an upstream that never ends must not fill memory and database.</summary>
    public const int MaxLength = 1_000_000;

    private readonly Lock gate = new();
    private readonly StringBuilder text = new();
    private char? heldBack;

    public int Length
    {
        get
        {
            lock (gate)
            {
                return text.Length;
            }
        }
    }

    /// <summary>Returns what was really added. Half a surrogate pair waits for its other half, and what PostgreSQL cannot hold is left out.</summary>
    public (int Offset, string Added) Append(string piece)
    {
        lock (gate)
        {
            var offset = text.Length;
            foreach (var c in piece)
            {
                if (text.Length + 2 > MaxLength)
                {
                    break;
                }

                Add(c);
            }

            return (offset, text.ToString(offset, text.Length - offset));
        }
    }

    /// <summary>The text from an index on, in UTF-16 units.</summary>
    public string After(int offset)
    {
        lock (gate)
        {
            return text.ToString(offset, text.Length - offset);
        }
    }

    public override string ToString()
    {
        lock (gate)
        {
            return text.ToString();
        }
    }

    private void Add(char c)
    {
        if (heldBack is { } high)
        {
            heldBack = null;
            if (char.IsLowSurrogate(c))
            {
                text.Append(high).Append(c);
                return;
            }

            text.Append('\uFFFD');
        }

        if (char.IsHighSurrogate(c))
        {
            heldBack = c;
        }
        else if (c != '\0')
        {
            text.Append(char.IsLowSurrogate(c) ? '\uFFFD' : c);
        }
    }
}
