using System.Text.RegularExpressions;

namespace Republic.Core.Llama.Files;

/// <summary>An answer that was learned, with slots such as <c>{name}</c> for what it takes from the prompt.</summary>
internal sealed partial class AnswerTemplate(string intent, string text)
{
    private const int LongestSlot = 80;
    private readonly string[] pieces = Slot().Split(text);

    public string Intent => intent;

    /// <summary>The number of letters that stand in every such answer.</summary>
    public int Length { get; } = Slot().Replace(text, "").Length;

    /// <summary>The template stands in the answer, with something short in each slot.</summary>
    public bool IsIn(string answer)
    {
        for (var start = 0; (start = answer.IndexOf(pieces[0], start, StringComparison.Ordinal)) >= 0; start++)
        {
            if (GoesOn(answer, start + pieces[0].Length))
            {
                return true;
            }

            if (pieces[0].Length == 0)
            {
                return false;
            }
        }

        return false;
    }

    private bool GoesOn(string answer, int end)
    {
        foreach (var piece in pieces.Skip(1))
        {
            var next =
                piece.Length == 0 ? answer.Length : answer.IndexOf(piece, Math.Min(end + 1, answer.Length), StringComparison.Ordinal);
            if (next < 0 || next - end > LongestSlot)
            {
                return false;
            }

            end = next + piece.Length;
        }

        return true;
    }

    [GeneratedRegex(@"\{[A-Za-z0-9]+\}", RegexOptions.NonBacktracking)]
    private static partial Regex Slot();
}
