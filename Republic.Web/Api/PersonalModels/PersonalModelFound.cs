using Republic.Core.PersonalModels;

namespace Republic.Web.Api.PersonalModels;

/// <summary>One personal model.</summary>
internal sealed record PersonalModelFound(PersonalModelCard PersonalModel);
