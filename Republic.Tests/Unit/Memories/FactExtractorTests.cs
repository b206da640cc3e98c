using Republic.Core.Memories.Learning;

namespace Republic.Tests.Unit.Memories;

public sealed class FactExtractorTests
{
    [Theory]
    [InlineData("Remember that I live in Oslo.", "I live in Oslo.")]
    [InlineData("please remember: my dog is called Rex", "My dog is called Rex.")]
    [InlineData("Hi! Please keep in mind that the meeting is on Fridays. Thanks", "The meeting is on Fridays.")]
    [InlineData("Merk dir, dass ich keinen Kaffee trinke!", "Ich trinke keinen Kaffee.")]
    [InlineData("Bitte merk dir: Ich mag kurze Antworten", "Ich mag kurze Antworten.")]
    [InlineData("remember I am left-handed", "I am left-handed.")]
    [InlineData("Actually I live in Bergen now, remember that.", "I live in Bergen now.")]
    [InlineData("By the way, remember that I live in Bergen", "I live in Bergen.")]
    [InlineData("I live in Bergen now. Please remember that!", "I live in Bergen now.")]
    [InlineData("Ich wohne in Bergen, bitte merk dir das", "Ich wohne in Bergen.")]
    [InlineData("Remember that my boss is Dr. Meier.", "My boss is Dr. Meier.")]
    [InlineData("Remember that I live in St. Gallen.", "I live in St. Gallen.")]
    [InlineData("Remember that I work in the St. Mary hospital in Lodz. Thank you", "I work in the St. Mary hospital in Lodz.")]
    [InlineData("Remember that my hero is J. R. R. Tolkien", "My hero is J. R. R. Tolkien.")]
    [InlineData("Remember that I like sour fruit, e.g. lemons.", "I like sour fruit, e.g. lemons.")]
    [InlineData("Remember that I sit in room No. 5.", "I sit in room No. 5.")]
    [InlineData("Merk dir: Ich mag Obst, z. B. Kirschen", "Ich mag Obst, z. B. Kirschen.")]
    [InlineData("Merk dir, dass mein Geburtstag am 3. Mai ist.", "Mein Geburtstag ist am 3. Mai.")]
    [InlineData("Merk dir: Ich wohne in der Goethestr. 12 in Bonn.", "Ich wohne in der Goethestr. 12 in Bonn.")]
    public void What_is_asked_to_be_remembered_is_found_whatever_it_says(string message, string content)
    {
        var found = Assert.Single(FactExtractor.In(message));

        Assert.True(found.IsAsked);
        Assert.Equal(content, found.Content);
    }

    [Theory]
    [InlineData("My name is Mira and I run this place.")]
    [InlineData("I live in Oslo, near the harbour.")]
    [InlineData("I’m allergic to peanuts")]
    [InlineData("I really prefer short answers.")]
    [InlineData("I don't eat meat.")]
    [InlineData("my favourite colour is green")]
    [InlineData("I have two cats.")]
    [InlineData("My mom's name is Ruth.")]
    [InlineData("I'm Tunde, I teach maths at a school in Ibadan")]
    [InlineData("I am Yuki.")]
    [InlineData("I repair clocks.")]
    [InlineData("I run a small bakery.")]
    [InlineData("I'm 34.")]
    [InlineData("My mum is called Olga.")]
    [InlineData("my dad’s name is Otto")]
    [InlineData("Meine Oma heißt Else.")]
    [InlineData("Ich heiße Jonas.")]
    [InlineData("Mein Hund heißt Rex")]
    [InlineData("I am a nurse.")]
    [InlineData("I actually moved to Rome.")]
    [InlineData("I've just moved to Rome.")]
    [InlineData("Ich bin nach Rom gezogen.")]
    public void A_plain_statement_about_oneself_is_proposed(string message)
    {
        var found = Assert.Single(FactExtractor.In(message));

        Assert.False(found.IsAsked);
    }

    [Theory]
    [InlineData("What is my name?")]
    [InlineData("Do you remember when we met?")]
    [InlineData("I have a question about nginx.")]
    [InlineData("I like that.")]
    [InlineData("I cannot remember that.")]
    [InlineData("Remember: .....")]
    [InlineData("Remember when the server was down?")]
    [InlineData("I am a bit lost here.")]
    [InlineData("I'm Sorry")]
    [InlineData("i'm confused")]
    [InlineData("```\nmy name is root\n```")]
    [InlineData("> I live in Oslo.")]
    [InlineData("The proxy is behind the firewall.")]
    [InlineData("I'd love to know how this works.")]
    [InlineData("")]
    public void Questions_small_talk_code_and_quotations_are_not(string message) => Assert.Empty(FactExtractor.In(message));

    [Theory]
    [InlineData("Remember that I own a horse.", true)]
    [InlineData("I live in Bergen now. Remember that.", true)]
    [InlineData("I live in Bergen.", false)]
    [InlineData("Remember that I own a horse. What does it eat?", false)]
    [InlineData("Remember that I own a horse. Then write me a poem of it.", false)]
    public void An_order_to_remember_asks_for_nothing_else(string message, bool isOrder) =>
        Assert.Equal(isOrder, FactExtractor.IsOrder(message));

    [Theory]
    [InlineData("I live in Oslo. My dog is called Rex.", "I live in Oslo.", "My dog is called Rex.")]
    [InlineData("I live in Main St. My dog is called Rex.", "I live in Main St.", "My dog is called Rex.")]
    [InlineData("My boss is Dr. Meier. My dog is called Rex.", "My boss is Dr. Meier.", "My dog is called Rex.")]
    [InlineData("No. I live in Oslo.\nMy dog is called Rex!", "I live in Oslo.", "My dog is called Rex.")]
    [InlineData("Ich wohne in Bonn usw. Mein Hund heißt Rex.", "Ich wohne in Bonn usw.", "Mein Hund heißt Rex.")]
    public void A_sentence_ends_where_no_abbreviation_does(string message, string one, string other) =>
        Assert.Equal([one, other], FactExtractor.In(message).Select(found => found.Content));

    [Fact]
    public void A_message_full_of_statements_proposes_a_few()
    {
        var message = string.Join('\n', Enumerable.Range(1, 50).Select(i => $"I live in house {i}."));

        Assert.Equal(3, FactExtractor.In(message).Count);
    }

    [Fact]
    public void A_long_message_without_an_end_takes_no_time_to_speak_of() =>
        Assert.Empty(FactExtractor.In(new string('a', 100_000) + " my name is " + new string('b', 100_000)));
}
