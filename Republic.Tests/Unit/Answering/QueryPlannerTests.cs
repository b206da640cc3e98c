using Microsoft.Extensions.AI;
using Republic.Core.Answering.Stages;

namespace Republic.Tests.Unit.Answering;

public sealed class QueryPlannerTests
{
    [Theory]
    [InlineData("Hello!")]
    [InlineData("hi Sage, how are you?")]
    [InlineData("Thanks, that helps a lot")]
    [InlineData("What can you help me with?")]
    [InlineData("How do you work?")]
    [InlineData("Explain a concept from your knowledge")]
    [InlineData("What's your name?")]
    [InlineData("Guten Morgen!")]
    [InlineData("Wie geht es dir?")]
    [InlineData("Was kannst du für mich tun?")]
    [InlineData("Erkläre ein Konzept, das du kennst")]
    [InlineData("Vielen Dank")]
    [InlineData("👍")]
    [InlineData("What is your expertise?")]
    [InlineData("Remember that I have a dog called Rex.")]
    [InlineData("I am vegetarian. I live in Oslo.")]
    [InlineData("I actually moved to Rome.")]
    [InlineData("I have moved to a flat near the river.")]
    [InlineData("We went to Paris yesterday. I was tired.")]
    [InlineData("Ich war gestern in Paris.")]
    [InlineData("What do you remember about me?")]
    [InlineData("Do not remember that I like jazz.")]
    [InlineData("Remember to call mother tomorrow")]
    [InlineData("Forget everything about me")]
    [InlineData("Tell me more")]
    public void What_names_no_subject_is_not_looked_up(string message) => Assert.Empty(Of(message).Queries);

    [Theory]
    [InlineData("How long is the warranty?")]
    [InlineData("Tell me about proxies")]
    [InlineData("Hello, what does error 502 mean?")]
    [InlineData("Wie lange gilt die Garantie?")]
    [InlineData("pricing")]
    [InlineData("I live in Oslo. Which office is near?")]
    [InlineData("I live in Oslo. Find the nearest office")]
    [InlineData("I need to know how long nginx waits")]
    [InlineData("I cannot find the phone number of Ada")]
    [InlineData("We get error 502 from the proxy.")]
    [InlineData("Our pump leaks.")]
    [InlineData("I have a broken pump.")]
    [InlineData("Ich suche die Telefonnummer von Ada.")]
    [InlineData("Ich will die Preise.")]
    [InlineData("I'd like the price of a lamp")]
    [InlineData("Remind me of the price of a lamp")]
    public void A_subject_is_looked_up_as_it_was_asked(string message) => Assert.Equal([message], Of(message).Queries);

    [Theory]
    [InlineData("Why?")]
    [InlineData("Tell me more")]
    [InlineData("Can you explain that?")]
    [InlineData("Und warum ist das so?")]
    [InlineData("Give me an example")]
    public void Who_asks_for_more_is_answered_on_what_was_asked_before(string message) =>
        Assert.Equal(["How long is the warranty?"], Of("How long is the warranty?", message).Queries);

    [Fact]
    public void A_subject_that_leans_on_the_one_before_is_looked_up_with_it_first() =>
        Assert.Equal(
            ["How long is the warranty?\nAnd for batteries?", "And for batteries?"],
            Of("How long is the warranty?", "And for batteries?").Queries
        );

    [Fact]
    public void Thanks_are_not_a_question_on_what_was_asked_before() =>
        Assert.Empty(Of("How long is the warranty?", "Thanks, that is great").Queries);

    [Fact]
    public void A_message_too_long_to_search_for_brings_its_own_text() =>
        Assert.Contains("longer", Of(string.Join(' ', Enumerable.Repeat("warranty", 400))).Reason);

    private static QueryPlanner Of(params string[] said) =>
        QueryPlanner.Of(
            [.. said.SelectMany(text => new[] { new ChatMessage(ChatRole.Assistant, "Yes."), new ChatMessage(ChatRole.User, text) })],
            "Sage",
            2000
        );
}
