using Republic.Core.Answering.Traces;
using Republic.Core.Providers;
using Republic.Web.Pages.Shared;

namespace Republic.Web.Pages.Chats;

/// <summary>What of a chat went to another machine for one answer, in words.</summary>
internal static class SentOut
{
    /// <param name="toModel">The question went to a model elsewhere.</param>
    /// <param name="hasTask">The chat is about a task, which the model is told of.</param>
    public static string Of(AnswerTrace? trace, bool toModel, ProviderCatalog catalog, bool hasTask = false)
    {
        List<string> sent = [];
        if (toModel)
        {
            List<string> things = ["this chat", "the character"];
            if (hasTask)
            {
                things.Add("its task");
            }

            if (trace?.Find(StageName.Memory)?.Text is { } memories)
            {
                things.Add(Figures.Count(memories.Split('\n').Length, "memory", "memories"));
            }

            if (trace?.Find(StageName.Style)?.Text is not null)
            {
                things.Add("the draft");
            }

            if (trace?.Passages.Count is > 0 and var passages)
            {
                things.Add(Figures.Count(passages, "passage"));
            }

            sent.Add(string.Join(", ", things));
        }

        var searched =
            trace
                ?.Attempts.Where(attempt => attempt.LeftMachine)
                .Select(attempt => AttemptText.Provider(attempt, catalog))
                .Distinct()
                .ToList()
            ?? [];
        if (searched.Count > 0)
        {
            sent.Add($"the question, to be searched for, to {string.Join(" and ", searched)}");
        }

        return sent.Count == 0 ? "nothing" : string.Join("; ", sent);
    }
}
