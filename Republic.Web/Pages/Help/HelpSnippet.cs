using Republic.Core.Help;
using Republic.Web.Pages.Shared;

namespace Republic.Web.Pages.Help;

/// <summary>The part of a text that holds what was searched for, with the words marked.</summary>
internal static class HelpSnippet
{
    private const int Longest = 240;
    private const int Before = 60;

    public static MarkedText Of(HelpSearchResult hit)
    {
        var (text, marks) = (hit.Text, hit.Marks);
        var first = marks.Count == 0 ? 0 : marks[0].Start.Value;
        var start = text.Length <= Longest || first <= Before ? 0 : Math.Min(first, text.IndexOf(' ', first - Before) + 1);
        var end = text.Length - start <= Longest ? text.Length : Math.Max(first, text.LastIndexOf(' ', start + Longest));
        List<DiffPart> parts = [];
        var at = start;
        foreach (var mark in marks.Where(mark => mark.End.Value <= end))
        {
            parts.Add(new DiffPart($"{(at == start && start > 0 ? "… " : "")}{text[at..mark.Start.Value]}", false));
            parts.Add(new DiffPart(text[mark], true));
            at = mark.End.Value;
        }

        parts.Add(new DiffPart($"{text[at..end]}{(end < text.Length ? " …" : "")}", false));
        return new MarkedText(parts);
    }
}
