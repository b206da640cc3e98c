using Republic.Core.Help;
using Republic.Web.Pages.Help;

namespace Republic.Tests.Unit.Help;

public sealed class HelpSearchTests
{
    [Theory]
    [InlineData("how do I make a minion", "/help/first-steps#your-first-minion")]
    [InlineData("training schedules", "/help/training#schedules")]
    [InlineData("Where is the master key?", "/help/self-hosting#the-master-key")]
    [InlineData("feedback on answers", "/help/answers#feedback")]
    [InlineData("budgets", "/help/spending#budgets")]
    [InlineData("sharing a task", "/help/tasks#sharing")]
    public void The_section_that_is_meant_comes_first(string question, string address) =>
        Assert.Equal(address, HelpSearch.Find(question)[0].Section.Address);

    [Theory]
    [InlineData("")]
    [InlineData("what is the")]
    [InlineData("zyzzyva xylophone")]
    public void Where_no_word_is_known_nothing_is_found(string question) => Assert.Empty(HelpSearch.Find(question));

    [Theory]
    [InlineData("train", "training", "trained", "trains")]
    [InlineData("schedule", "schedules", "scheduled", "scheduling")]
    [InlineData("memory", "memories")]
    [InlineData("run", "runs", "running")]
    [InlineData("add", "adding", "added", "adds")]
    public void Forms_of_a_word_are_one_word(params string[] forms) => Assert.Single(forms.SelectMany(HelpWords.Of).Distinct());

    [Fact]
    public void A_hit_shows_its_words_marked_and_no_more_than_fits()
    {
        Assert.All(
            HelpSearch.Find("adapter dataset schedule").Concat(HelpSearch.Find("token")),
            hit =>
            {
                var shown = HelpSnippet.Of(hit);
                Assert.InRange(string.Concat(shown.Parts.Select(part => part.Text)).Length, 1, 250);
                Assert.Contains(string.Concat(shown.Parts.Select(part => part.Text)).Trim(' ', '…'), hit.Text, StringComparison.Ordinal);
                Assert.Equal(hit.Marks.Count > 0, shown.Parts.Any(part => part.Differs));
            }
        );
    }
}
