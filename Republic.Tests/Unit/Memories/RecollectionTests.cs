using Republic.Core.Answering.Stages;

namespace Republic.Tests.Unit.Memories;

public sealed class RecollectionTests
{
    [Theory]
    [InlineData("What is my dog called?", true)]
    [InlineData("Do you remember where I live", true)]
    [InlineData("Wie heißt mein Hund?", true)]
    [InlineData("Where do I live?", true)]
    [InlineData("What is LoRA?", false)]
    [InlineData("Tell me a joke.", false)]
    [InlineData("My dog is called Rex.", false)]
    public void Only_a_question_about_the_person_is_answered_from_memory(string question, bool isAbout) =>
        Assert.Equal(isAbout, Recollection.IsAskedFor(question));
}
