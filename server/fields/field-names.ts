/**
 * What editors and programs call the parts of a document: the one table for files that are read (seed/), for the search page and for suggestions.
 * Source: written for Justuju from the names that export formats, feeds and databases document. Licence: MIT, as the project.
 * Format: a name in lower case with commas between names; how names are compared is `keyOf`. Before stands what is believed first. A test refuses a name that stands twice.
 * To change: add a name.
 */
const NAMES = {
  id: 'id,guid,uuid,postid,articleid,docno,docid,slug',
  title: 'title,headline,heading,posttitle,articletitle,newstitle,name,subject,عنوان,سرخی,شہ سرخی,نام,unwan,unvan,surkhi,hl1,question,سوال',
  subtitle: 'subtitle,subheadline,subheading,deck,standfirst,kicker,ذیلی عنوان',
  body: 'body,content,contenttext,contenthtml,text,articlebody,fulltext,article,articletext,newstext,postcontent,story,maintext,html,poem,verses,متن,خبر,تحریر,مضمون,نظم,lines,paragraphs,blocks,ashaar,اشعار,کلام,غزل,kalam,matn,ghazal,nazm,tehreer,شعر,مصرعے,couplets,stanzas,sher,shers,ashar,misray,selftext,para,paragraph,misra,مصرع,پیراگراف,bodytext,bodyhtml,bodyxhtml,storytext,newsbody,newscontent,postbody,maincontent,details,extract',
  summary: 'summary,description,excerpt,abstract,lead,postexcerpt,خلاصہ',
  author:
    'author,authors,authorname,byline,by,writer,writers,creator,poet,reporter,postauthor,reportername,writername,poetname,dccreator,primaryauthor,مصنف,مصنفہ,شاعر,شاعرہ,لکھاری,رپورٹر,نامہ نگار,نمائندہ,قلم کار,کالم نگار,shair,shayar,musannif',
  date: 'date,published,publishedat,publishdate,publisheddate,publicationdate,datepublished,pubdate,postdate,created,createdat,createdutc,contentcreated,firstcreated,versioncreated,dateissue,timestamp,time,dcdate,publishedon,publishedtime,datetimestamp,publishedtimestamp,postedon,postedat,newsdate,articledate,تاریخ,تاریخ اشاعت,اشاعت,dategmt,postdategmt',
  updated: 'updated,updatedat,modified,datemodified,lastmodified,postmodified,contentmodified,lastmod,lastupdated,modifiedat,updatedon',
  topic: 'topic,category,categories,section,catname,categoryname,sectionname,newscategory,articlesection,genre,موضوع,زمرہ,subjectarea,صنف',
  tags: 'tags,tag,keywords,labels,ٹیگ,ٹیگز,posttag',
  source: 'source,publisher,publication,newspaper,site,sitename,website,outlet,channel,ذریعہ,ماخذ,اخبار,book,کتاب',
  place: 'place,location,located,city,dateline,مقام,شہر',
  url: 'url,link,permalink,externalurl,canonical,href,پتہ,رابطہ,ربط,لنک',
  status: 'status,draft,poststatus,state,ispublished,isdraft',
  number: 'number,no,num,index,hadithnumber,ayah,ayat,verse,versenumber,chapter,page,نمبر',
  image: 'image,imageurl,picture,photo,thumbnail,thumb,cover,poster,تصویر',
} as const;

/** A part of a document. */
export type Field = keyof typeof NAMES;

export const FIELDS = Object.keys(NAMES) as Field[];

/** What a part is called, the likeliest first. */
export const namesOf = (field: Field): readonly string[] => NAMES[field].split(',');

/** How names are compared: published_at, publishedAt and "Published At" are one. */
export const keyOf = (name: string): string => name.toLowerCase().replace(/[^\p{L}\p{N}]/gu, '');

/** Of these names those that some parts are called by, the likeliest first. */
export function namedAs(fields: readonly Field[], names: readonly string[]): readonly string[] {
  const known = fields.flatMap(namesOf).map(keyOf);
  const rankOf = (name: string): number => known.indexOf(keyOf(name));
  return names.filter((name) => rankOf(name) !== -1).sort((a, b) => rankOf(a) - rankOf(b));
}
