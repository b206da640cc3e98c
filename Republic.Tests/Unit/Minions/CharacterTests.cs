using System.Text.Json;
using Republic.Core;
using Republic.Core.Citizens;
using Republic.Core.Minions;
using Republic.Core.Minions.Profiles;

namespace Republic.Tests.Unit.Minions;

public sealed class CharacterTests
{
    [Fact]
    public void A_minion_without_a_profile_is_told_its_name_as_the_built_in_model_learned_it() =>
        Assert.Equal("You are Tinker, a helpful minion.", Character.SystemPrompt(Tinker()));

    [Fact]
    public void Every_part_of_the_profile_is_told_once_on_one_line()
    {
        var minion = Tinker();
        minion.Description = "Reviews code";
        minion.Personality = "Patient and exact.";
        minion.Citizen.Skills = ["code", "review"];
        minion.BehaviorConfig = JsonDocument.Parse("""{"tone":"formal","useEmoji":false,"max_points":3}""").RootElement;
        minion.SystemPrompt = "Read the whole diff first.";
        Assert.Equal(
            "You are Tinker, a minion. Purpose: Reviews code. Personality: Patient and exact. Skills: code, review. "
                + "Behaviour: tone formal, use emoji no, max points 3. Read the whole diff first.",
            Character.SystemPrompt(minion)
        );
    }

    [Fact]
    public void Traits_and_interests_stand_around_the_skills()
    {
        var minion = Tinker();
        minion.Personality = "Patient";
        minion.Citizen.PersonalityTraits = ["curious", "exact"];
        minion.Citizen.Skills = ["code"];
        minion.Citizen.Interests = ["chess", "sailing."];
        Assert.Equal(
            "You are Tinker, a minion. Personality: Patient. Traits: curious, exact. Skills: code. Interests: chess, sailing.",
            Character.SystemPrompt(minion)
        );
    }

    [Fact]
    public void A_profile_that_was_stored_before_there_were_traits_is_still_read()
    {
        var stored = JsonSerializer.Deserialize<Profile>(
            """{"name":"Tinker","description":null,"personality":null,"skillset":["code"],"behavior_config":null}""",
            SnakeCaseJson.Compact
        )!;
        Assert.Equal("You are Tinker, a minion. Skills: code. Be brief.", Character.SystemPrompt(stored, "Be brief."));
    }

    [Theory]
    [InlineData("You are Tinker, the planner minion. I break down challenges.")]
    [InlineData("I am Tinker, the planner Minion.")]
    public void A_system_prompt_that_introduces_the_minion_needs_no_second_introduction(string prompt)
    {
        var minion = Tinker();
        minion.SystemPrompt = prompt;
        minion.Description = prompt;
        Assert.Equal(prompt, Character.SystemPrompt(minion));
    }

    [Fact]
    public void The_enhanced_prompt_takes_the_place_of_the_one_it_was_made_from()
    {
        var minion = Tinker();
        minion.SystemPrompt = "Be brief.";
        minion.EnhancedSystemPrompt = "Be brief and warm.";
        Assert.Equal("You are Tinker, a minion. Be brief and warm.", Character.SystemPrompt(minion));
    }

    [Fact]
    public void Paragraphs_stay_paragraphs()
    {
        var minion = Tinker();
        minion.SystemPrompt = "First.\nSecond.";
        Assert.Equal("You are Tinker, a minion.\n\nFirst.\nSecond.", Character.SystemPrompt(minion));
    }

    private static Minion Tinker()
    {
        var citizen = new Citizen
        {
            Kind = CitizenKind.Minion,
            DisplayName = "Tinker",
            CreatedAt = DateTimeOffset.UnixEpoch,
        };
        return new Minion
        {
            Id = citizen.Id,
            Citizen = citizen,
            OwnerId = Guid.CreateVersion7(),
            Name = "tinker",
            Provider = "local",
            ModelId = "sprout",
            RepublicId = "tinker-00000000",
            RepublicKeyHash = [],
            CreatedAt = DateTimeOffset.UnixEpoch,
            UpdatedAt = DateTimeOffset.UnixEpoch,
        };
    }
}
