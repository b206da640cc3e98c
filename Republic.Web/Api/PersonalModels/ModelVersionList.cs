using Republic.Core.Training.Versions;

namespace Republic.Web.Api.PersonalModels;

/// <summary>The versions of minions that were made on a personal model, newest first.</summary>
internal sealed record ModelVersionList(IReadOnlyList<ModelVersionCard> Versions);
