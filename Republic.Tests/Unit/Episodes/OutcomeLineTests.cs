using Republic.Core.Episodes.Knowing;

namespace Republic.Tests.Unit.Episodes;

public sealed class OutcomeLineTests
{
    private static readonly string[] Labels = ["approve", "reject", "changes"];

    [Theory]
    [InlineData("OUTCOME: approve\nWell done.", "approve", "Well done.")]
    [InlineData("**Outcome: Reject**\n\nNo.", "reject", "No.")]
    [InlineData("  outcome:  \"changes\".\nLine 12.", "changes", "Line 12.")]
    [InlineData("OUTCOME: approve", "approve", "approve")]
    [InlineData("OUTCOME: approve\n\u200B\u2060", "approve", "approve")]
    [InlineData("OUTCOME: maybe\nHm.", null, "Hm.")]
    [InlineData("I approve of this.", null, "I approve of this.")]
    public void The_first_line_of_an_answer_names_it(string answer, string? label, string text) =>
        Assert.Equal((label, text), OutcomeLine.Read(answer, Labels));

    [Theory]
    [InlineData("approve", "approve")]
    [InlineData("**Reject.**", "reject")]
    [InlineData("I say: changes!", "changes")]
    [InlineData("approve or reject", null)]
    [InlineData("disapprove", null)]
    [InlineData("", null)]
    public void A_short_answer_names_it_anywhere(string answer, string? label) => Assert.Equal(label, OutcomeLine.Label(answer, Labels));
}
