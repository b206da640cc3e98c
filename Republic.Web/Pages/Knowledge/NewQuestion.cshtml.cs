using Republic.Core;
using Republic.Core.Knowledge;
using Republic.Core.Knowledge.Collections;
using Republic.Core.Knowledge.Measuring;

namespace Republic.Web.Pages.Knowledge;

public sealed class NewQuestionModel(CollectionCards cards, GoldenQuestions questions, KnowledgeSearch search)
    : QuestionPage(cards, questions, search)
{
    protected override Task<Outcome<Guid>> SaveAsync(QuestionInput input, CancellationToken ct) => Questions.AddAsync(Me, Id, input, ct);
}
