using Microsoft.AspNetCore.Mvc;
using Republic.Core;
using Republic.Core.Knowledge;
using Republic.Core.Knowledge.Collections;
using Republic.Core.Knowledge.Measuring;
using Republic.Web.Http;

namespace Republic.Web.Pages.Knowledge;

public sealed class EditQuestionModel(CollectionCards cards, GoldenQuestions questions, KnowledgeSearch search)
    : QuestionPage(cards, questions, search)
{
    [BindProperty(SupportsGet = true)]
    public Guid Question { get; set; }

    public async Task<IActionResult> OnPostDeleteAsync(CancellationToken ct)
    {
        var deleted = await Questions.DeleteAsync(Me, Id, Question, ct);
        return deleted.Ok ? LocalRedirect($"/knowledge/{Id}/quality") : this.Refuse(deleted.Failure);
    }

    protected override Task<Outcome<Guid>> SaveAsync(QuestionInput input, CancellationToken ct) =>
        Questions.UpdateAsync(Me, Id, Question, input, ct);

    protected override Outcome<QuestionCard?> Choose(IReadOnlyList<QuestionCard> all) =>
        all.FirstOrDefault(card => card.Id == Question) is { } card ? card : Failure.NotFound("question");
}
