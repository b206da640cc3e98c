using Republic.Core.Answering.Traces;
using Republic.Core.Memories;
using Republic.Core.Memories.Learning;
using Republic.Core.Memories.Recall;

namespace Republic.Core.Answering.Stages;

/// <summary>Answers what the person says about remembering itself. No model is asked for it.</summary>
internal sealed class MemoryOrders(MemoryRecall recall, MemoryForgetting forgetting, MemoryCards cards)
{
    private const int MostNamed = 10;
    private const string SwitchOn = "You can switch it on under Memories, Settings.";
    private static readonly StageLink AllOfThem = new("Your memories", "/memories");
    private static readonly StageLink Settings = new("Switch remembering on", "/memories/settings");

    /// <param name="isBuiltIn">The model cannot answer by itself what it is told to remember.</param>
    /// <returns>Null where the message is none of these.</returns>
    public async Task<Reminder?> SettleAsync(PipelineOrder order, bool isBuiltIn, CancellationToken ct)
    {
        var question = order.Question;
        return MemoryCommands.ForgetsAll(question) ? await ForgetsAllAsync(order, ct)
            : ForgettingOrder.In(question) is { } what ? await ForgetsAsync(order, what, ct)
            : MemoryCommands.NotToBeKept(question) is { } unwanted ? await KeepsNotAsync(order, unwanted, ct)
            : MemoryCommands.AsksForAll(question) ? await TellsAllAsync(order, ct)
            : FactExtractor.IsOrder(question) ? await KeepsAsync(order, isBuiltIn, ct)
            : isBuiltIn && MemoryCommands.IsReminder(question)
                ? Settled(
                    "A reminder is nothing to remember of the person.",
                    AllOfThem,
                    "I cannot remind you of what is to be done: I keep what you tell me of yourself, such as “Remember that my mother is called Eva.”"
                )
            : null;
    }

    private async Task<Reminder> ForgetsAsync(PipelineOrder order, string what, CancellationToken ct)
    {
        var forgotten = await forgetting.ForgetAsync(order.Minion.OwnerId, order.Minion.Id, what, ct);
        return Settled(forgotten.Gone.Count > 0 ? "Forgotten, as you said." : "Nothing was forgotten.", AllOfThem, forgotten.Answer);
    }

    /// <summary>All at once cannot be undone, so one sentence in a chat does not do it.</summary>
    private async Task<Reminder> ForgetsAllAsync(PipelineOrder order, CancellationToken ct)
    {
        var kept = (await CountAsync(order, ct)).All;
        return kept == 0
            ? Settled("Nothing is kept.", AllOfThem, "I remember nothing of you, so there is nothing to forget.")
            : Settled(
                "Nothing was forgotten.",
                Own(order, "Forget everything"),
                $"I have forgotten nothing yet: I keep {Things(kept)} of you. To forget all of it, open Memories and press “Forget everything” at the end."
            );
    }

    private async Task<Reminder> KeepsNotAsync(PipelineOrder order, string what, CancellationToken ct) =>
        what.Length > 0 && await forgetting.HoldsAsync(order.Minion.OwnerId, order.Minion.Id, what, ct)
            ? Settled("It is kept from before.", AllOfThem, $"I keep that from before. Say “forget that {what}”, and it is gone.")
            : Settled("Not kept, as you said.", AllOfThem, "I will not remember that.");

    private async Task<Reminder?> KeepsAsync(PipelineOrder order, bool isBuiltIn, CancellationToken ct)
    {
        if (!await recall.IsOnAsync(order.Minion.OwnerId, ct))
        {
            return Off($"Remembering is switched off, so I will not keep that. {SwitchOn}");
        }

        return isBuiltIn ? Settled("Kept, as you said.", AllOfThem, Kept(order.Question)) : null;
    }

    /// <summary>The answer to an order to remember, which then stands in the built-in model's history.</summary>
    internal static string Kept(string order) =>
        $"I will remember that: {string.Join(" ", FactExtractor.In(order).Where(found => found.IsAsked).Select(found => $"“{found.Content}”"))}";

    private async Task<Reminder> TellsAllAsync(PipelineOrder order, CancellationToken ct)
    {
        var counts = await CountAsync(order, ct);
        if (!await recall.IsOnAsync(order.Minion.OwnerId, ct))
        {
            return Off(
                $"Remembering is switched off, so I make no use of {(counts.All == 0 ? "anything" : $"the {Things(counts.All)} I keep")} of you. {SwitchOn}"
            );
        }

        var used = await cards.ListAsync(
            new MemoryQuery(order.Minion.OwnerId)
            {
                Minion = order.Minion.Id,
                Status = MemoryStatus.Active,
                IsDecided = true,
                Limit = MostNamed,
            },
            ct
        );
        List<string> lines =
        [
            used.Count == 0 ? "I remember nothing of you yet." : "This I remember of you:",
            .. used.Select(memory => $"“{PromptDelimiter.CleanLine(memory.Content)}”"),
            .. counts.Used > used.Count ? [$"And {Things(counts.Used - used.Count)} more under Memories."] : Array.Empty<string>(),
            .. counts.Waiting > 0
                ? [$"Under Memories, {Things(counts.Waiting)} {(counts.Waiting == 1 ? "waits" : "wait")} for your word."]
                : Array.Empty<string>(),
        ];
        return Settled("Asked for all that is remembered.", Own(order, "Your memories"), string.Join("\n\n", lines));
    }

    private Task<MemoryCounts> CountAsync(PipelineOrder order, CancellationToken ct) =>
        cards.CountAsync(order.Minion.OwnerId, order.Minion.Id, ct);

    private static StageLink Own(PipelineOrder order, string words) => new(words, $"/memories?minion={order.Minion.Id}");

    private static string Things(int count) => count == 1 ? "one thing" : $"{count} things";

    private static Reminder Off(string answer) => Of(StageStatus.Skipped, Recalled.Off.Reason!, Settings, answer);

    private static Reminder Settled(string reason, StageLink link, string answer) => Of(StageStatus.Done, reason, link, answer);

    private static Reminder Of(StageStatus status, string reason, StageLink link, string answer) =>
        new(new StageTrace(StageName.Memory, status, reason) { Link = link }, []) { Answer = answer };
}
