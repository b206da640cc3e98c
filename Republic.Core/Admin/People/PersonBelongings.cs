namespace Republic.Core.Admin.People;

/// <summary>What goes with a person's account when it is deleted.</summary>
/// <param name="Comments">Comments on tasks of other people.</param>
/// <param name="SharedTasks">Tasks that other people can see.</param>
public sealed record PersonBelongings(
    int Minions,
    int Chats,
    int Tasks,
    int SharedTasks,
    int Comments,
    int Scenarios,
    int Episodes,
    int Datasets,
    int Documents,
    int Memories,
    int Models,
    int Runs,
    int Keys,
    long Bytes
);
