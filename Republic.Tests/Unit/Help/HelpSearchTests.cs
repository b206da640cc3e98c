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
    [InlineData("How do I make a minion?", "/help/first-steps#your-first-minion", "press New minion")]
    [InlineData("Can you tell me what LoRA is?", "/help/first-steps#words", "a few new weights")]
    [InlineData("How do I train my minion?", "/help/first-steps#teaching-a-minion", "start a run under Training")]
    [InlineData("What is a scenario?", "/help/scenarios", "A scenario is a workflow")]
    [InlineData("How do I change my password?", "/help/first-steps#your-account", "Under Account")]
    [InlineData("what does a budget limit", "/help/spending#budgets", "dollars a month")]
    public void A_question_about_Republic_is_answered_with_its_sentence(string question, string address, string sentence)
    {
        var best = HelpSearch.Answer(question)[0];

        Assert.Equal(address, best.Section.Address);
        Assert.Contains(sentence, best.Text, StringComparison.Ordinal);
        Assert.InRange(best.Share, 0.7, 1);
    }

    [Theory]
    [InlineData("Who are you?")]
    [InlineData("What is your name?")]
    [InlineData("What model are you?")]
    [InlineData("What can you help me with?")]
    [InlineData("What time is it?")]
    [InlineData("Good morning, how was your day?")]
    [InlineData("Tell me a joke about a model")]
    [InlineData("Write a poem about a key")]
    [InlineData("Do you like chats?")]
    [InlineData("can other users see my key?")]
    [InlineData("how many minions can one person have?")]
    [InlineData("What is the capital of France?")]
    [InlineData("How long is the warranty of the Kestrel lamp?")]
    public void Small_talk_and_other_subjects_are_left_to_the_model(string question) => Assert.Empty(HelpSearch.Answer(question));

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
