namespace Republic.Core.Leaving;

/// <summary>What goes with a person's account when it is deleted, and what they did with others, which stays without their name.</summary>
/// <param name="SharedTasks">Tasks that other people see and lose.</param>
/// <param name="Guests">Those people.</param>
/// <param name="Comments">On tasks of others: they stay.</param>
/// <param name="Files">In tasks of others: they stay, and count to the owner of the task.</param>
/// <param name="PlayedEpisodes">Episodes of others in which the person has a role: what was said in them stays.</param>
/// <param name="Judgements">Counted for capabilities of others, with the title of the task or the name of the scenario: they stay.</param>
public sealed record PersonBelongings(
    int Minions,
    int Chats,
    int Tasks,
    int SharedTasks,
    int Guests,
    int Scenarios,
    int Episodes,
    int Datasets,
    int Documents,
    int Memories,
    int Models,
    int Runs,
    int Keys,
    long Bytes,
    int Comments,
    int Files,
    int PlayedEpisodes,
    int Judgements
);
