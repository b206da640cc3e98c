using Republic.Core.Knowledge.Measuring;

namespace Republic.Web.Pages.Knowledge;

public sealed class QuestionForm
{
    public string? Text { get; set; }

    public string? Answer { get; set; }

    public Guid? PassageId { get; set; }

    public QuestionInput ToInput() =>
        new()
        {
            Text = Text ?? "",
            Answer = Answer ?? "",
            PassageId = PassageId,
        };
}
