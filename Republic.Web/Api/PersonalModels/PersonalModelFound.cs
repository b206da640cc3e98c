using Republic.Core.PersonalModels;

namespace Republic.Web.Api.PersonalModels;

internal sealed record PersonalModelFound(PersonalModelCard PersonalModel);
