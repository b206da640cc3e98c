using Republic.Core.Datasets.Rows;
using Republic.Web.Pages.Shared;

namespace Republic.Web.Pages.Datasets;

/// <summary>The messages of a row, as they are shown.</summary>
public sealed record MessagesView(IReadOnlyList<(string Role, MarkedText Text)> Lines)
{
    public static MessagesView Found(IEnumerable<RowMessage> messages, string? words) =>
        new([.. messages.Select(message => (Name(message.Role), MarkedText.Found(message.Content, words)))]);

    /// <summary>Two rows with the words marked that only one of them has, message by message.</summary>
    public static (MessagesView Before, MessagesView After) Differing(IReadOnlyList<RowMessage> before, IReadOnlyList<RowMessage> after)
    {
        var (left, right) = (new List<(string, MarkedText)>(), new List<(string, MarkedText)>());
        for (var i = 0; i < Math.Max(before.Count, after.Count); i++)
        {
            var diff = WordDiff.Of(i < before.Count ? before[i].Content : "", i < after.Count ? after[i].Content : "");
            if (i < before.Count)
            {
                left.Add((Name(before[i].Role), new MarkedText(diff.Left, "del")));
            }

            if (i < after.Count)
            {
                right.Add((Name(after[i].Role), new MarkedText(diff.Right, "ins")));
            }
        }

        return (new MessagesView(left), new MessagesView(right));
    }

    public static string Name(string role) =>
        role switch
        {
            "user" => "Question",
            "assistant" => "Answer",
            "system" => "System",
            _ => role,
        };
}
