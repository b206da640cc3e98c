using Republic.Core.Answering.Stages;
using Republic.Core.Memories.Recall;

namespace Republic.Tests.Unit.Memories;

public sealed class RecollectionTests
{
    [Theory]
    [InlineData("What is my dog called?", true)]
    [InlineData("Do you remember where I live", true)]
    [InlineData("Wie heißt mein Hund?", true)]
    [InlineData("Where do I live?", true)]
    [InlineData("whats my name", true)]
    [InlineData("so, where do i live", true)]
    [InlineData("and who am I", true)]
    [InlineData("wie heiße ich", true)]
    [InlineData("what can you do for me", false)]
    [InlineData("What is LoRA?", false)]
    [InlineData("Tell me a joke.", false)]
    [InlineData("My dog is called Rex.", false)]
    public void Only_a_question_about_the_person_is_answered_from_memory(string question, bool isAbout) =>
        Assert.Equal(isAbout, Recollection.IsAskedFor(question));

    [Theory]
    [InlineData("What is my dog called?", "My dog is called Rex.", 1.0)]
    [InlineData("What is the name of my dog?", "I have two dogs.", 1.0)]
    [InlineData("What is the phone number of my department?", "I work in the sales department.", 0.33)]
    [InlineData("Where do I live?", "My cat is called Tom.", 0.0)]
    [InlineData("What is my mother called?", "My dog is called Rex.", 0.0)]
    [InlineData("Who am I?", "My name is Zoe.", 1.0)]
    [InlineData("Do you remember my name?", "My name is Zoe and I live in Rome.", 1.0)]
    public void A_memory_fits_as_much_of_a_question_as_it_holds(string question, string memory, double share) =>
        Assert.Equal(share, Recollection.Share(question, memory), 2);

    [Fact]
    public void What_fits_less_than_half_as_well_as_the_best_is_not_quoted()
    {
        RecalledMemory[] memories =
        [
            new(Guid.CreateVersion7(), "I sing in a choir.", Fits: true),
            new(Guid.CreateVersion7(), "My dog is called Rex.", Fits: true),
            new(Guid.CreateVersion7(), "I am colour-blind.", Fits: false),
        ];

        var recollection = Recollection.Of(memories, "What is my dog called?")!;

        Assert.Equal(("You told me: “My dog is called Rex.”", 1.0), (recollection.Text, recollection.Fit));
        Assert.Null(Recollection.Of(memories[2..], "What is my dog called?"));
        Assert.Null(Recollection.Of(memories[1..2], "What is my mother called?"));
    }
}
