using Microsoft.AspNetCore.Mvc;
using Republic.Core;
using Republic.Core.Knowledge;
using Republic.Core.Knowledge.Collections;
using Republic.Core.Knowledge.Measuring;
using Republic.Web.Http;

namespace Republic.Web.Pages.Knowledge;

/// <summary>One golden question and the passage that answers it, which is found by searching for it.</summary>
public abstract class QuestionPage(CollectionCards cards, GoldenQuestions questions, KnowledgeSearch search) : CollectionPage(cards)
{
    private const int Shown = 10;

    public override string Tab => "quality";

    /// <summary>What the passage is looked for with.</summary>
    [BindProperty(SupportsGet = true)]
    public string? Q { get; set; }

    [BindProperty]
    public QuestionForm Input { get; set; } = new();

    /// <summary>Null: it is a new one.</summary>
    public QuestionCard? Card { get; private set; }

    public IReadOnlyList<PassageHit> Choices { get; private set; } = [];

    protected GoldenQuestions Questions { get; } = questions;

    public async Task<IActionResult> OnGetAsync(CancellationToken ct)
    {
        var shown = await ShowAsync(ct);
        // With one passage there is nothing to choose.
        Input = new QuestionForm
        {
            Text = Card?.Text ?? Q,
            Answer = Card?.Answer,
            PassageId = Choices is [var only] ? only.PassageId : null,
        };
        return shown.Ok ? Page() : this.Refuse(shown.Failure);
    }

    public async Task<IActionResult> OnPostSaveAsync(CancellationToken ct)
    {
        var shown = await ShowAsync(ct);
        var saved = shown.Ok ? await SaveAsync(Input.ToInput(), ct) : shown.Failure;
        return saved.Ok ? LocalRedirect($"/knowledge/{Id}/quality") : this.Refuse(saved.Failure);
    }

    protected abstract Task<Outcome<Guid>> SaveAsync(QuestionInput input, CancellationToken ct);

    /// <summary>The question of this page, among those of the collection; null for a new one.</summary>
    protected virtual Outcome<QuestionCard?> Choose(IReadOnlyList<QuestionCard> all) => Outcome<QuestionCard?>.Of(null);

    private async Task<Outcome<CollectionCard>> ShowAsync(CancellationToken ct)
    {
        var loaded = await LoadAsync(ct);
        var all = loaded.Ok ? await Questions.ListAsync(Me, Id, ct) : loaded.Failure;
        var chosen = all.Ok ? Choose(all.Value) : all.Failure;
        if (chosen.Failure is { } failure)
        {
            return failure;
        }

        Card = chosen.Value;
        var found = string.IsNullOrWhiteSpace(Q) ? null : (await search.SearchAsync(Me, [Id], Q, Shown, ct)).Value;
        Choices = found?.Hits ?? [];
        return loaded;
    }
}
