using Microsoft.Extensions.AI;
using Republic.Core.Answering.Links;
using Republic.Core.Answering.Stages;
using Republic.Core.Answering.Traces;
using Republic.Core.Memories.Recall;
using Republic.Core.Providers;
using Republic.Core.Providers.Upstream;

namespace Republic.Core.Answering.Clients;

/// <summary>The state that the stages of one answer share: the findings of each, and the prompt of the model.</summary>
/// <param name="provider">The provider of the minion's own model; null where the catalogue no longer has it.</param>
internal sealed class AnswerContext(MinionCall call, ProviderRow? provider, ModelRouter router, TimeProvider time)
{
    public MinionCall Call => call;

    /// <summary>The model is the small one that comes with the app, which can read neither documents nor memories.</summary>
    public bool IsBuiltIn => provider?.IsBuiltIn(call.Minion.ModelId) == true;

    /// <summary>The minion's own model runs on this machine, and speaks in its voice itself.</summary>
    public bool RunsHere => provider?.Transport == ProviderTransport.ModelHost;

    /// <summary>A style was trained that another model could draft with; whether it is switched on is another question.</summary>
    public bool CanDraft => call.StyleModel is not null && !RunsHere;

    /// <summary>The stages so far; null where there is generation alone.</summary>
    public AnswerTrace? Trace { get; private set; }

    public IReadOnlyList<LinkedCollection> Collections { get; set; } = [];

    public Reminder Reminder { get; set; } = Reminder.None;

    /// <summary>The memories that stand in the prompt, or in the settled answer.</summary>
    public IReadOnlyList<RecalledMemory> Given { get; private set; } = [];

    public StyleDraft? Draft { get; set; }

    public FoundPassages? Found { get; set; }

    /// <summary>The prompt that the model was given last; null before the first, and where it is asked alone.</summary>
    public Prompt? Asked { get; private set; }

    /// <summary>The monotonic timestamp of the first call to the model; null before it.</summary>
    public long? AskedAt { get; private set; }

    /// <summary>Why the model gave no answer, where what the stages found is given instead.</summary>
    public string? Missed { get; set; }

    /// <summary>Why the model was asked a second time for this answer, for people.</summary>
    public string? Redrawn { get; set; }

    /// <summary>The sentence for people that names the utterance with which the model was asked in place of the message; null where it was not.</summary>
    public string? Read { get; set; }

    /// <summary>The sentences of <see cref="Read"/> and <see cref="Redrawn"/>, for the trace; null where there are none.</summary>
    public string? Remark =>
        Read is null ? Redrawn
        : Redrawn is null ? Read
        : $"{Read} {Redrawn}";

    public PipelineOrder Order(IReadOnlyList<ChatMessage> turns, ChatOptions? options) => new(call, options?.Instructions ?? "", turns);

    public void Begin() => Trace = new AnswerTrace([]);

    /// <summary>Takes over the stages that the answer went through before it waited.</summary>
    public void Resume(AnswerTrace before)
    {
        Trace = before;
        Draft = before.Find(StageName.Style) is { } style
            ? new StyleDraft(style, style.Text)
            : StyleDraft.None(StageStatus.Skipped, "Not asked for.");
        Found = new FoundPassages(
            before.Find(StageName.Knowledge) ?? new StageTrace(StageName.Knowledge, StageStatus.Skipped),
            before.Passages
        );
    }

    public void Add(StageTrace stage) => Trace = Trace!.With(stage);

    public void Use(IReadOnlyList<CitedPassage> passages) => Trace = Trace! with { Passages = passages };

    /// <param name="link">Where they were said; null where nobody needs to be led there.</param>
    public void Give(IReadOnlyList<RecalledMemory> memories, StageLink? link = null)
    {
        Given = memories;
        if (memories.Count > 0)
        {
            Add(
                Reminder.Stage! with
                {
                    Text = string.Join('\n', memories.Select(memory => memory.Content)),
                    MemoryIds = [.. memories.Select(memory => memory.Id).OfType<Guid>()],
                    Link = link ?? Reminder.Stage.Link,
                }
            );
        }
    }

    /// <summary>The answer is there without the model.</summary>
    /// <param name="reason">Why the model is not asked, for people.</param>
    public string Settle(string text, string reason)
    {
        Add(new StageTrace(StageName.Generation, StageStatus.Skipped, reason));
        return text;
    }

    public void Ask(Prompt prompt) => (Asked, AskedAt) = (prompt, AskedAt ?? time.GetTimestamp());

    /// <summary>Counts a settled answer against the limits on calls, as one of the model would be. What a training run measures costs nobody.</summary>
    /// <exception cref="ProviderException">The limits are reached.</exception>
    public void CountSettled()
    {
        if (call.Audience != AnswerAudience.Training)
        {
            router.CountUnasked(call.Route);
        }
    }
}
