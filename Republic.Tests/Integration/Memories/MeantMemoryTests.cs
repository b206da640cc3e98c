using System.Numerics.Tensors;
using Microsoft.Extensions.DependencyInjection;
using Republic.Core.Knowledge.Embedding;
using Republic.Core.Memories.Recall;
using Republic.Tests.Integration.Chats;
using Republic.Tests.World;

namespace Republic.Tests.Integration.Memories;

/// <summary>Memories with the embedding model that comes along, which nobody chose.</summary>
public sealed class MeantMemoryTests(MeaningRepublic republic) : IClassFixture<MeaningRepublic>
{
    private const string Nouns = """
        name surname nickname username password pin address email website phone mobile number birthday age height weight job profession occupation
        career trade work employer company firm business boss manager supervisor chef colleague coworker team department office desk project
        product client customer server laptop computer notebook pc tablet printer router network camera watch car automobile van truck bike bicycle
        motorcycle scooter boat ship plane train bus commute garage flat apartment house home room kitchen garden yard cellar attic balcony street
        city town village country region hometown birthplace dog puppy hound cat kitten kitty horse pony rabbit hamster parrot bird fish cow sheep
        goat pig chicken pet wife husband spouse partner girlfriend boyfriend ex mother mom mum father dad daddy parent stepmother stepfather
        grandmother grandma granny grandfather grandpa grandad brother sister sibling twin son daughter child kid baby boy girl grandson
        granddaughter nephew niece uncle aunt cousin godfather godmother friend buddy mate neighbour neighbor landlord tenant roommate flatmate
        teacher tutor professor student pupil doctor physician dentist nurse therapist vet lawyer accountant school university college class course
        degree language hobby sport instrument guitar violin cello piano book novel film movie series show song album band singer author writer
        actor game colour color food dish meal breakfast lunch dinner drink coffee tea wine beer cake fruit vegetable cheese restaurant cafe bar
        pub shop store bank insurance hospital pharmacy allergy illness disease diet medication medicine blood hair shirt coat jacket hat bag
        wallet key salary pay wage income rent mortgage loan tax pension holiday vacation trip flight seat season month day weekday weekend morning
        evening timezone clock alarm calendar deadline meeting appointment plan goal dream religion church party club gym coach trainer newspaper
        magazine browser editor keyboard mouse screen monitor
        """;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private MemoryRecall Recall => republic.Services.GetRequiredService<MemoryRecall>();

    [Fact]
    public async Task A_person_who_chose_nothing_is_recalled_by_meaning_here_and_one_who_chose_words_is_not()
    {
        var (person, minion) = await NewAsync("Plain", "My dog is called Bruno.", "I drive a red car.", "I play the cello.");

        var recalled = await Recall.RecallAsync(person.Id, minion, null, "What pet do I own?", Ct);

        Assert.Equal(["My dog is called Bruno."], recalled.Memories.Select(m => m.Content));
        Assert.Null(recalled.Reason);
        Assert.All(
            recalled.Asked,
            attempt => Assert.Equal(("local", BuiltInEmbedding.ModelId, false), (attempt.Provider, attempt.Model, attempt.LeftMachine))
        );
        Assert.NotEmpty(recalled.Asked);
        Assert.Empty((await Recall.RecallAsync(person.Id, minion, null, "Explain recursion.", Ct)).Memories);

        await person.Api.PutAsync("/api/memories/settings", new { by_words = true });
        Assert.Empty((await Recall.RecallAsync(person.Id, minion, null, "What pet do I own?", Ct)).Memories);
    }

    [Fact]
    public async Task What_it_cannot_read_is_left_to_words()
    {
        var (person, minion) = await NewAsync("Deutsch", "Mein Hund heißt Bruno.", "Ich wohne in Köln.", "我的猫叫旺财。");

        var weather = await Recall.RecallAsync(person.Id, minion, null, "Wie wird das Wetter morgen?", Ct);

        Assert.Empty(weather.Memories);
        Assert.Equal(
            ["Mein Hund heißt Bruno."],
            (await Recall.RecallAsync(person.Id, minion, null, "Wie heißt mein Hund?", Ct)).Memories.Select(m => m.Content)
        );
    }

    [Fact]
    public async Task One_thing_by_two_names_that_is_told_twice_in_different_ways_is_a_case()
    {
        var (person, minion) = await NewAsync(
            "Child",
            "My mother is called Eva.",
            "My father is called Karl.",
            "The name of my mom is Ruth."
        );
        Assert.Empty((await person.Api.GetAsync("/api/memories/contradictions"))["contradictions"]!.AsArray());
        var chat = await Chat.BeginAsync(person, minion);

        var answer = await chat.AskAsync("What is my mother called?");

        Assert.Equal("You told me both “My mother is called Eva.” and “The name of my mom is Ruth.” Which is right?", Chat.Content(answer));
        var open = Assert.Single((await person.Api.GetAsync("/api/memories/contradictions"))["contradictions"]!.AsArray())!;
        await person.Api.PostAsync($"/api/memories/contradictions/{open["id"]}/settle", new { });
        Assert.StartsWith("You told me: “", Chat.Content(await chat.AskAsync("What is my mother called?")));
        Assert.Equal("You told me: “My father is called Karl.”", Chat.Content(await chat.AskAsync("What is the name of my father?")));
    }

    /// <summary>Measures the threshold of <see cref="MeantContradictions"/>: each thing with each other.</summary>
    [Fact]
    public async Task No_two_things_that_people_have_are_taken_for_one()
    {
        string[] nouns = [.. Nouns.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).Distinct()];
        var route = await republic.Services.GetRequiredService<EmbeddingRoutes>().FindAsync(republic.Jonas.Id, BuiltInEmbedding.Model, Ct);
        var made = await republic
            .Services.GetRequiredService<TextEmbedder>()
            .QuestionsAsync(route.Value!, nouns.Select(noun => $"my {noun}"), Ct);
        var vectors = made.Value!;

        var same =
            from one in Enumerable.Range(0, nouns.Length)
            from other in Enumerable.Range(one + 1, nouns.Length - one - 1)
            where TensorPrimitives.Dot<float>(vectors[one], vectors[other]) >= MeantContradictions.Same
            select $"{nouns[one]} {nouns[other]}";
        var taken = same.ToHashSet();

        Assert.Contains("mother mom", taken);
        taken.ExceptWith([
            "house home",
            "bike bicycle",
            "mother mom",
            "mother mum",
            "mom mum",
            "father dad",
            "grandmother grandma",
            "grandfather grandpa",
            "child kid",
            "neighbour neighbor",
            "colour color",
            "car automobile",
        ]);
        Assert.Empty(taken);
    }

    private async Task<(Inhabitant Person, Guid Minion)> NewAsync(string name, params string[] memories)
    {
        var person = await republic.NewPersonAsync(name);
        var minion = (await person.NewMinionAsync("keeper")).Id;
        foreach (var content in memories)
        {
            await person.Api.PostAsync("/api/memories", new { minion_id = minion, content });
        }

        return (person, minion);
    }
}
