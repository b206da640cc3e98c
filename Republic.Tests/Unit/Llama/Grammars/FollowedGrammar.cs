using System.Text;
using Republic.Core;
using Republic.Core.Llama.Grammars;

namespace Republic.Tests.Unit.Llama.Grammars;

/// <summary>Reads and writes texts by a grammar.</summary>
internal static class FollowedGrammar
{
    private const long Allowance = 100_000_000;

    public static bool Accepts(Grammar grammar, string text)
    {
        grammar.Allowance = Allowance;
        return grammar.Start.Next(Encoding.UTF8.GetBytes(text))?.Accepts == true;
    }

    /// <summary>A text by the grammar that is chosen at random up to a length, and from there on ended as soon as may be.</summary>
    public static string Write(Grammar grammar, SeededRandom random, int length)
    {
        grammar.Allowance = Allowance;
        List<byte> text = [];
        var state = grammar.Start;
        while (true)
        {
            if (state.Accepts && (text.Count >= length || state.IsFinal || random.Next(8) == 0))
            {
                return Encoding.UTF8.GetString([.. text]);
            }

            var (value, next) = text.Count < length ? Any(state, random) : Nearest(state);
            text.Add(value);
            state = next;
        }
    }

    private static (byte, GrammarState) Any(GrammarState state, SeededRandom random)
    {
        while (true)
        {
            var value = (byte)random.Next(256);
            if (state.Next(value) is { } next)
            {
                return (value, next);
            }
        }
    }

    /// <summary>One byte nearer to the end, which there always is.</summary>
    private static (byte, GrammarState) Nearest(GrammarState state)
    {
        var nearest = Choices(state).MinBy(one => one.State.LeastBytes);
        Assert.True(state.Accepts || nearest.State.LeastBytes == state.LeastBytes - 1);
        return nearest;
    }

    private static IEnumerable<(byte Value, GrammarState State)> Choices(GrammarState state)
    {
        for (var value = 0; value < 256; value++)
        {
            if (state.Next((byte)value) is { } next)
            {
                yield return ((byte)value, next);
            }
        }
    }
}
