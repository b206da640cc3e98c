using Republic.Core.Tasks;
using Republic.Core.Tasks.Conversations;

namespace Republic.Tests.Unit.Tasks;

public sealed class TaskDraftTests
{
    [Theory]
    [InlineData("Find the row", "Find the row")]
    [InlineData("\n\n  Find the row\nIt is in the file of Monday.", "Find the row")]
    [InlineData("Compare the exports by order number. Then look at the last row.", "Compare the exports by order number.")]
    [InlineData("Is the last row of the export missing? I think so.", "Is the last row of the export missing?")]
    [InlineData("1. Compare the exports", "1. Compare the exports")]
    [InlineData("See e.g. the file of Monday", "See e.g. the file of Monday")]
    [InlineData("# **Two** defaults\n\nare in the way", "Two defaults")]
    [InlineData("```sql\nselect 1\n```", "select 1")]
    [InlineData("---\n\nAfter the line", "After the line")]
    [InlineData("***", "")]
    [InlineData("", "")]
    public void The_title_is_the_first_sentence_of_the_first_line_with_words(string text, string title) =>
        Assert.Equal(title, TaskDraft.Of(text, null).Title);

    [Fact]
    public void A_long_title_is_cut_at_a_word()
    {
        var title = TaskDraft.Of(string.Join(' ', Enumerable.Repeat("wordy", 100)), null).Title;

        Assert.InRange(title.Length, 190, TaskRules.LongestTitle);
        Assert.EndsWith("wordy…", title);
    }

    [Fact]
    public void The_description_is_the_message_as_a_quotation() =>
        Assert.Equal(
            "> Find the row.\n>\n> - It is in the file of Monday.",
            TaskDraft.Of("Find the row.\r\n\r\n- It is in\u0007 the file of Monday.\n", null).Description
        );

    [Theory]
    [InlineData("a")]
    [InlineData("a\n")]
    [InlineData("😀")]
    public void A_draft_of_any_length_can_be_kept(string part)
    {
        var draft = TaskDraft.Of($"Row {string.Concat(Enumerable.Repeat(part, 60_000))}", null);

        Assert.Empty(TaskRules.Problems(new TaskInput { Title = draft.Title, Description = draft.Description }));
        Assert.EndsWith("…", draft.Description);
    }
}
