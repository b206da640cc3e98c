using Republic.Core.Training.Grading;
using Republic.Web.Pages.Shared;

namespace Republic.Web.Pages.Training;

/// <summary>Says who grades, where that is and what it may cost, before anything is sent.</summary>
public static class JudgeWords
{
    public const string Nobody = "Nobody grades the answers";

    /// <summary>In a word or two, for a list.</summary>
    public static string Where(bool leavesMachine, string provider) => leavesMachine ? $"leaves to {provider}" : "stays here";

    public static string Who(JudgeOffer? judge) =>
        judge is null ? Nobody
        : judge.IsSelf ? $"{Name(judge)} grades its own answers with {judge.Judge.ModelId}"
        : $"{Name(judge)} grades the answers with {judge.Judge.ModelId}";

    public static string Place(JudgeOffer judge) =>
        judge.LeavesMachine
            ? $"Questions, the answers in your rows and the minion’s answers leave this machine, to {judge.Provider}."
            : "Nothing leaves this machine.";

    public static string Cost(JudgeOffer judge) =>
        $"{Figures.Count(judge.Calls, "call")}{(judge.CallsOfLost > 0 ? $", and up to {judge.CallsOfLost} more if it forgets" : "")}"
        + judge.Cost switch
        {
            0 => ", which cost nothing.",
            { } cost =>
                $", {Figures.Cost(cost, isEstimate: true)} where an answer has {JudgeOffers.UsualAnswer} tokens; longer ones cost more.",
            null => "; no price of its model is known.",
        };

    /// <summary>Null where nothing is in the way of asking it.</summary>
    public static string? Obstacle(JudgeOffer judge) =>
        judge.Problem is { } problem ? $"{Name(judge)} cannot be asked just now, so the run would not start. {problem}" : null;

    public static string Without(bool trainsWeights) =>
        trainsWeights
            ? "The verdict rests on the loss of rows held out."
            : "Without a judge nothing decides whether it got better: choose one, or make the version live by hand.";

    private static string Name(JudgeOffer judge) => judge.Judge.Citizen.DisplayName;
}
