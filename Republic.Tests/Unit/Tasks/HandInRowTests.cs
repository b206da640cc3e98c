using Republic.Core.Tasks.HandIns;

namespace Republic.Tests.Unit.Tasks;

public sealed class HandInRowTests
{
    [Theory]
    [InlineData(null, null, "Find the row")]
    [InlineData(" \r\n", " ", "Find the row")]
    [InlineData("It is in\r\nthe file.\n", null, "Find the row\n\nIt is in\nthe file.")]
    [InlineData(null, "Name the order.\r\n", "Find the row\n\nWhat must change: Name the order.")]
    [InlineData("In the file.", "Name it.", "Find the row\n\nIn the file.\n\nWhat must change: Name it.")]
    public void The_question_is_the_task_and_what_had_to_change(string? description, string? reason, string question) =>
        Assert.Equal(question, HandInRow.Of("Find the row", description, reason, "Row 7.", isCited: false).Prompt);

    [Theory]
    [InlineData("It is row 7 [1], of Monday [2, 3].", true, "It is row 7, of Monday.")]
    [InlineData("[1]\r\nRow 7\n", true, "Row 7")]
    [InlineData("Take rows[7] of it [1].", false, "Take rows[7] of it [1].")]
    public void The_answer_is_the_result_without_citations_where_there_are_any(string answer, bool isCited, string completion) =>
        Assert.Equal(completion, HandInRow.Of("Find the row", null, null, answer, isCited).Completion);
}
