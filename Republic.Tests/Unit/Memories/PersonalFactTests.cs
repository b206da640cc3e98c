using Republic.Core.Answering.Stages;
using Republic.Core.Memories.Recall;

namespace Republic.Tests.Unit.Memories;

/// <summary>Facts that are told in other words than they are asked for.</summary>
public sealed class PersonalFactTests
{
    [Theory]
    [InlineData("What is my job?", "I repair clocks.")]
    [InlineData("what do i do for a living", "I'm Petra, a gardener from Brno.")]
    [InlineData("Where do I work?", "I work at the harbour.")]
    [InlineData("Whats my name", "I'm Petra, a gardener from Brno.")]
    [InlineData("Who am I?", "Call me Ishmael.")]
    [InlineData("Where am I from?", "I'm Petra, a gardener from Brno.")]
    [InlineData("Which is my home town?", "I grew up near Graz.")]
    [InlineData("How old am I?", "I'm 34.")]
    [InlineData("Wie heiße ich?", "Ich bin Lena.")]
    [InlineData("Wo wohne ich?", "Ich wohne in Wien.")]
    public void What_was_told_answers_what_is_asked(string question, string statement)
    {
        Assert.True(PersonalFact.Answers(statement, question));
        Assert.Equal(1, Recollection.FitOf(question, statement));
    }

    [Theory]
    [InlineData("What is my name?", "I repair clocks.")]
    [InlineData("Who am I?", "I have two cats.")]
    [InlineData("How old am I?", "My name is Petra.")]
    public void Another_fact_does_not(string question, string statement) => Assert.Equal(0, Recollection.FitOf(question, statement));

    [Theory]
    [InlineData("What is my cat called?")]
    [InlineData("What can you do for me?")]
    [InlineData("What do I do if it fails?")]
    [InlineData("How do I change your name?")]
    public void Other_questions_ask_for_none(string question) => Assert.False(PersonalFact.IsAsked(question));
}
